import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence_code', models.CharField(max_length=40)),
                ('evidence_wording', models.TextField()),
                ('evidence_figure', models.CharField(blank=True, max_length=120)),
                ('evidence_n', models.PositiveIntegerField(blank=True, null=True)),
                ('evidence_link', models.CharField(max_length=200)),
                ('is_promise', models.BooleanField(default=False)),
                ('result', models.PositiveBigIntegerField(db_index=True)),
                ('what', models.CharField(max_length=160)),
                ('owner', models.CharField(max_length=80)),
                ('due_on', models.DateField()),
                ('first_due_on', models.DateField()),
                ('moved', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('doing', 'In progress'), ('done', 'Done'), ('dropped', 'Dropped')], default='planned', max_length=8)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=240)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='organisations.unit')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ClosedIdeaBox',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField()),
                ('why', models.CharField(max_length=80)),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.unit')),
            ],
            options={
                'verbose_name_plural': 'closed idea boxes',
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('planned', 'Planned'), ('active', 'Active'), ('on_hold', 'On hold'), ('finished', 'Finished'), ('stopped', 'Stopped'), ('merged', 'Merged')], default='proposed', max_length=12)),
                ('hours_a_week', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ('begins_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('hours_at_start', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                ('why_now', models.CharField(blank=True, max_length=240)),
                ('still_done', models.CharField(blank=True, choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], default='', max_length=6)),
                ('looked_on', models.DateField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commitments', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('words', models.CharField(max_length=240)),
                ('for_lead_only', models.BooleanField(default=False)),
                ('shown_on', models.DateField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, choices=[('do', 'We will do it'), ('passed', 'We have passed it on'), ('have', 'We have it already'), ('not_now', 'Not now'), ('hidden', 'Do not show it: it names somebody, or is not about the unit')], max_length=8)),
                ('answer_words', models.CharField(blank=True, max_length=240)),
                ('answered_on', models.DateField(blank=True, null=True)),
                ('action', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='idea', to='initiatives.action')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ideas', to='organisations.unit')),
            ],
            options={
                'ordering': ['shown_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80)),
                ('problem', models.CharField(max_length=240)),
                ('change', models.CharField(max_length=240)),
                ('came_from', models.CharField(blank=True, choices=[('unit', 'The unit'), ('division', 'The division'), ('organisation', 'The organisation'), ('outside', 'Outside the organisation')], max_length=12)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('planned', 'Planned'), ('active', 'Active'), ('on_hold', 'On hold'), ('finished', 'Finished'), ('stopped', 'Stopped'), ('merged', 'Merged')], default='proposed', max_length=12)),
                ('started_on', models.DateField(blank=True, null=True)),
                ('review_on', models.DateField(blank=True, null=True)),
                ('review_asked_on', models.DateField(blank=True, null=True)),
                ('stop_sign_on', models.DateField(blank=True, null=True)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='initiatives.initiative')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='organisations.organisation')),
                ('units', models.ManyToManyField(related_name='initiatives', through='initiatives.Commitment', to='organisations.unit')),
            ],
            options={
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.CharField(choices=[('go_ahead', 'Go ahead'), ('strengthen', 'Strengthen first'), ('hold', 'Put on hold')], max_length=10)),
                ('reason', models.CharField(max_length=240)),
                ('without_survey', models.BooleanField(default=False)),
                ('result', models.PositiveBigIntegerField(blank=True, db_index=True, null=True)),
                ('debriefs', models.JSONField(blank=True, default=list)),
                ('replies', models.JSONField(blank=True, default=list)),
                ('decided_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='organisations.unit')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='initiatives.initiative'),
        ),
        migrations.CreateModel(
            name='CheckAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10)])),
                ('answer', models.CharField(max_length=240)),
                ('answered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_answers', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='initiative',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='initiatives.initiative'),
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('every', models.CharField(choices=[('week', 'Every week'), ('month', 'Every month')], max_length=5)),
                ('better', models.CharField(choices=[('less', 'There is less of it'), ('more', 'There is more of it')], max_length=4)),
                ('is_watch', models.BooleanField(default=False)),
                ('restarted_on', models.DateField(blank=True, null=True)),
                ('restart_why', models.CharField(blank=True, max_length=120)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='initiatives.initiative')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='organisations.unit')),
            ],
            options={
                'ordering': ['is_watch', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=10)),
                ('of', models.PositiveIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=120)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='initiatives.measure')),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.CreateModel(
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence_code', models.CharField(max_length=40)),
                ('evidence_wording', models.TextField()),
                ('evidence_figure', models.CharField(blank=True, max_length=120)),
                ('evidence_n', models.PositiveIntegerField(blank=True, null=True)),
                ('evidence_link', models.CharField(max_length=200)),
                ('result', models.PositiveBigIntegerField(db_index=True)),
                ('title', models.CharField(max_length=80)),
                ('needs_help', models.BooleanField(default=False)),
                ('help_from', models.CharField(blank=True, max_length=80)),
                ('chosen_at', models.DateTimeField(blank=True, null=True)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='initiatives.initiative')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='organisations.unit')),
            ],
            options={
                'verbose_name_plural': 'priorities',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DepartmentRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('whom', models.CharField(max_length=140)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('seed', models.CharField(blank=True, max_length=22)),
                ('token_hash', models.BinaryField(max_length=32, null=True, unique=True)),
                ('needs', models.CharField(max_length=240)),
                ('answer_by', models.DateField()),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No, or not now'), ('not_ours', 'Not ours')], max_length=8)),
                ('answer_words', models.CharField(blank=True, max_length=240)),
                ('promised_on', models.DateField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('has_come', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No, not yet')], max_length=3)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('undelivered', models.CharField(blank=True, choices=[('no', 'Could not be delivered'), ('unknown', 'Not known if it was delivered')], max_length=7)),
                ('sent_again_at', models.DateTimeField(blank=True, null=True)),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='initiatives.action')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('moved_from', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='moved_to', to='initiatives.departmentrequest')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='organisations.unit')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='initiatives.initiative')),
                ('priority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='initiatives.priority')),
            ],
            options={
                'verbose_name': 'request',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='action',
            name='priority',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='initiatives.priority'),
        ),
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('led_by', 'Led by'), ('deputy', 'Deputy'), ('sponsor', 'Sponsor')], max_length=8)),
                ('words', models.CharField(blank=True, max_length=80)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responsibilities', to='initiatives.initiative')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'responsibilities',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('continue', 'Continue'), ('start_later', 'Start later'), ('merge', 'Merge'), ('stop', 'Stop')], max_length=12)),
                ('reason', models.CharField(max_length=240)),
                ('keeps', models.CharField(blank=True, max_length=160)),
                ('begins_on', models.DateField(blank=True, null=True)),
                ('begins_when', models.CharField(blank=True, max_length=80)),
                ('drops_actions', models.BooleanField(default=False)),
                ('reviewed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reply', models.CharField(blank=True, max_length=240)),
                ('reply_by', models.DateField(blank=True, null=True)),
                ('replied_at', models.DateTimeField(blank=True, null=True)),
                ('reply_read_at', models.DateTimeField(blank=True, null=True)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='initiatives.initiative')),
                ('into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.initiative')),
                ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('units', models.ManyToManyField(related_name='reviews', to='organisations.unit')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SmallTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=160)),
                ('expects', models.CharField(max_length=160)),
                ('until', models.DateField()),
                ('happened', models.CharField(blank=True, max_length=240)),
                ('outcome', models.CharField(blank=True, choices=[('keep', 'Keep it'), ('change', 'Keep it with a change'), ('drop', 'Drop it')], max_length=6)),
                ('following', models.CharField(blank=True, max_length=160)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='small_tests', to='initiatives.initiative')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='small_tests', to='organisations.unit')),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='StatusChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(choices=[('proposed', 'Proposed'), ('planned', 'Planned'), ('active', 'Active'), ('on_hold', 'On hold'), ('finished', 'Finished'), ('stopped', 'Stopped'), ('merged', 'Merged')], max_length=12)),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('planned', 'Planned'), ('active', 'Active'), ('on_hold', 'On hold'), ('finished', 'Finished'), ('stopped', 'Stopped'), ('merged', 'Merged')], max_length=12)),
                ('why', models.CharField(max_length=240)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.decision')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='status_changes', to='initiatives.initiative')),
                ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.review')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60)),
                ('what', models.CharField(max_length=240)),
                ('achieves', models.CharField(max_length=160)),
                ('tasks', models.JSONField(default=list)),
                ('source', models.CharField(max_length=160)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='IdeaMorning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation', 'day'), name='one_morning_of_ideas')],
            },
        ),
        migrations.AddIndex(
            model_name='commitment',
            index=models.Index(condition=models.Q(('state', 'planned')), fields=['begins_on'], name='planned_by_day'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.UniqueConstraint(fields=('initiative', 'unit'), name='one_commitment_per_initiative_and_unit'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['planned', 'active']), _negated=True), ('begins_on__isnull', False), _connector='OR'), name='planned_or_begun_on_a_day'),
        ),
        migrations.AddIndex(
            model_name='checkanswer',
            index=models.Index(fields=['initiative', 'number'], name='answers_to_a_check'),
        ),
        migrations.AddConstraint(
            model_name='point',
            constraint=models.UniqueConstraint(fields=('measure', 'day'), name='one_number_a_day'),
        ),
        migrations.AddConstraint(
            model_name='point',
            constraint=models.CheckConstraint(condition=models.Q(('of', None), models.Q(('of__gt', 0), ('of__gte', models.F('value'))), _connector='OR'), name='at_most_all_of_them'),
        ),
        migrations.AddIndex(
            model_name='departmentrequest',
            index=models.Index(condition=models.Q(('answer', ''), ('withdrawn_at', None)), fields=['answer_by'], name='unanswered_by_day'),
        ),
        migrations.AddConstraint(
            model_name='departmentrequest',
            constraint=models.CheckConstraint(condition=models.Q(('member', None), models.Q(('email', ''), ('seed', ''), ('token_hash', None)), _connector='OR'), name='asked_as_member_or_by_link'),
        ),
        migrations.AddConstraint(
            model_name='departmentrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='answered_at_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='departmentrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'yes'), ('promised_on__isnull', False), ('withdrawn_at', None)), models.Q(models.Q(('answer', 'yes'), _negated=True), ('has_come', ''), ('promised_on', None)), _connector='OR'), name='yes_by_a_day'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['first_due_on', 'unit'], name='actions_by_first_day'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(('is_promise', False), ('priority', None), _connector='OR'), name='a_promise_is_for_no_priority'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('state__in', ['planned', 'doing'])), models.Q(('closed_on__isnull', False), ('state__in', ['done', 'dropped'])), _connector='OR'), name='closed_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.UniqueConstraint(fields=('initiative', 'part'), name='one_responsibility_of_each_kind'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(('user', None), ('words', ''), _connector='XOR'), name='responsible_as_user_or_in_words'),
        ),
        migrations.AddConstraint(
            model_name='smalltest',
            constraint=models.UniqueConstraint(fields=('initiative', 'unit', 'number'), name='one_small_test_of_each_number'),
        ),
        migrations.AddConstraint(
            model_name='smalltest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', '')), models.Q(('ended_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='ended_with_an_outcome'),
        ),
    ]
