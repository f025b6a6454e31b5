import django.db.models.deletion
import django.utils.timezone
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
            name='Priority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence_code', models.CharField(max_length=40)),
                ('evidence_wording', models.TextField()),
                ('evidence_figure', models.CharField(blank=True, max_length=120)),
                ('evidence_n', models.PositiveIntegerField(blank=True, null=True)),
                ('evidence_link', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=80)),
                ('needs_help', models.BooleanField(default=False)),
                ('help_from', models.CharField(blank=True, max_length=80)),
                ('chosen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='initiatives.initiative')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='priorities', to='organisations.unit')),
            ],
            options={
                'verbose_name_plural': 'priorities',
                'ordering': ['pk'],
            },
        ),
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
                ('result', models.PositiveBigIntegerField(blank=True, db_index=True, null=True)),
                ('what', models.CharField(max_length=160)),
                ('owner', models.CharField(max_length=80)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('doing', 'In progress'), ('done', 'Done'), ('dropped', 'Dropped')], default='planned', max_length=8)),
                ('outcome', models.CharField(blank=True, max_length=240)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='organisations.unit')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='initiatives.initiative')),
                ('priority', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='initiatives.priority')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
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
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_promise', True), ('priority', None), ('result__isnull', False)), models.Q(('is_promise', False), ('priority__isnull', False)), _connector='OR'), name='promise_or_for_a_priority'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.UniqueConstraint(fields=('initiative', 'part'), name='one_responsibility_of_each_kind'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(('user', None), ('words', ''), _connector='XOR'), name='responsible_as_user_or_in_words'),
        ),
    ]
