import django.db.models.deletion
import surveys.rules.form_kind
import surveys.rules.tokens
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('initiatives', '0001_initial'),
        ('instruments', '0001_initial'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('mobile', models.CharField(blank=True, max_length=20)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('language', models.CharField(blank=True, max_length=12)),
                ('works_nights', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('sms', 'Text message'), ('qr', 'QR poster'), ('slip', 'Code slip')], max_length=5)),
                ('token_hash', models.BinaryField(max_length=32, null=True, unique=True)),
                ('seed', models.CharField(blank=True, db_default='', default='', max_length=22)),
                ('used', models.BooleanField(default=False)),
                ('contact', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitation', to='surveys.contact')),
            ],
        ),
        migrations.CreateModel(
            name='OptOut',
            fields=[
                ('address_hash', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opt_outs', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('preparing', 'Getting ready'), ('scheduled', 'Scheduled'), ('open', 'Open'), ('closed', 'Closed'), ('counted', 'Counted'), ('published', 'Published'), ('cancelled', 'Cancelled')], default='draft', max_length=10)),
                ('title', models.CharField(max_length=80)),
                ('problem', models.CharField(max_length=240)),
                ('change', models.CharField(max_length=240)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('result_at', models.DateTimeField(blank=True, null=True)),
                ('debrief_at', models.DateTimeField(blank=True, null=True)),
                ('reminder_days', models.JSONField(default=list)),
                ('hours_at_launch', models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                ('why_now', models.CharField(blank=True, max_length=240)),
                ('skipped_steps', models.JSONField(db_default=models.Value([], models.JSONField()), default=list)),
                ('messages_paused', models.BooleanField(db_default=False, default=False)),
                ('reminds_everyone', models.BooleanField(db_default=False, default=False)),
                ('comments', models.CharField(choices=[('none', 'No comments'), ('survey', 'One comment at the end'), ('section', 'One comment for each part')], db_default='none', default='none', max_length=7)),
                ('message_words', models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict)),
                ('launched_at', models.DateTimeField(blank=True, null=True)),
                ('launch_key', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                ('public_key', models.BinaryField(blank=True, null=True)),
                ('key_destroyed', models.BooleanField(default=False)),
                ('counted_at', models.DateTimeField(blank=True, null=True)),
                ('count_failure', models.CharField(blank=True, max_length=200)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='initiatives.initiative')),
                ('launched_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('leaders_edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.edition')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='organisations.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='surveys', to='instruments.version')),
                ('ward_edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.edition')),
            ],
            options={
                'ordering': ['-opens_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='StaffImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Being added'), ('done', 'Added'), ('failed', 'Not added')], default='waiting', max_length=7)),
                ('key', models.CharField(max_length=64)),
                ('units', models.JSONField()),
                ('people', models.BinaryField(default=b'')),
                ('number', models.PositiveIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('added', models.PositiveIntegerField(default=0)),
                ('known', models.PositiveIntegerField(default=0)),
                ('declined', models.PositiveIntegerField(default=0)),
                ('taken_off', models.PositiveIntegerField(db_default=0, default=0)),
                ('failure', models.CharField(blank=True, max_length=200)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_imports', to='surveys.survey')),
            ],
        ),
        migrations.CreateModel(
            name='SurveyUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('sealed', 'Sealed forms'), ('joint', 'Joint form')], default='sealed', max_length=6)),
                ('leaders_together', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', 'Not open yet'), ('open', 'Open'), ('closed', 'Closed'), ('counted', 'Counted'), ('too_few', 'Too few answers'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                ('unit_name', models.CharField(max_length=120)),
                ('unit_path', models.CharField(max_length=400)),
                ('headcount', models.PositiveSmallIntegerField()),
                ('minimum_group', models.PositiveSmallIntegerField()),
                ('closes_at', models.DateTimeField()),
                ('extended', models.BooleanField(default=False)),
                ('added_reminder_at', models.DateTimeField(blank=True, null=True)),
                ('enough', models.BooleanField(default=False)),
                ('enough_on', models.DateField(blank=True, null=True)),
                ('answer_code', models.CharField(max_length=12, unique=True)),
                ('poster_room', models.PositiveIntegerField(default=0)),
                ('poster_full', models.BooleanField(default=False)),
                ('poster_renewals', models.PositiveSmallIntegerField(default=0)),
                ('ward_page_code', models.CharField(max_length=40, unique=True)),
                ('link_word', models.CharField(blank=True, default=surveys.rules.tokens.new_link_word, max_length=22)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('answered', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('debriefed_at', models.DateTimeField(blank=True, null=True)),
                ('debrief_state', models.CharField(blank=True, choices=[('', 'No debrief yet'), ('begun', 'A debrief has begun'), ('differ', 'Debriefs differ'), ('decided', 'Decided')], default='', max_length=8)),
                ('differ_since', models.DateTimeField(blank=True, null=True)),
                ('debrief_views', models.JSONField(blank=True, default=list)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='survey_units', to='surveys.survey')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='survey_units', to='organisations.unit')),
            ],
            options={
                'ordering': ['unit_name'],
            },
        ),
        migrations.CreateModel(
            name='ReplacedPoster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('survey_unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replaced_posters', to='surveys.surveyunit')),
            ],
        ),
        migrations.CreateModel(
            name='RemovedContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_hash', models.BinaryField(max_length=32)),
                ('is_off', models.BooleanField(default=True)),
                ('times', models.PositiveSmallIntegerField(default=1)),
                ('survey_unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taken_off', to='surveys.surveyunit')),
            ],
        ),
        migrations.CreateModel(
            name='NamedResponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[(surveys.rules.form_kind.FormKind['LEADERS'], 'Leaders’ form'), (surveys.rules.form_kind.FormKind['JOINT'], 'Joint form')], max_length=7)),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('token_hash', models.BinaryField(max_length=32, null=True, unique=True)),
                ('seed', models.CharField(blank=True, db_default='', default='', max_length=22)),
                ('answers', models.TextField(blank=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named_responses', to='surveys.surveyunit')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(blank=True, null=True)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('sms', 'Text message'), ('qr', 'QR poster'), ('slip', 'Code slip')], default='email', max_length=5)),
                ('step', models.CharField(choices=[('invitation', 'Invitation'), ('reminder_1', 'First reminder'), ('reminder_2', 'Second reminder'), ('reminder_3', 'Third reminder'), ('opened', 'Survey opened'), ('closes_tomorrow', 'Survey closes tomorrow'), ('result_ready', 'Result ready'), ('count_failed', 'Count failed'), ('poster_full', 'Poster full'), ('result', 'Result is ready'), ('too_few', 'No result'), ('decided', 'Team has decided'), ('stopped', 'Improvement stopped'), ('reviewed', 'Review decided'), ('starts_soon', 'Improvement starts in 7 days'), ('still_done', 'Is it still done?'), ('reviews_due', 'Reviews due this month'), ('week', 'Due this week'), ('request', 'Request'), ('request_due', 'Answer due today'), ('request_overdue', 'Answer overdue'), ('request_answered', 'Request answered'), ('has_it_come', 'Has it come?')], max_length=16)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('claimed', 'Claimed'), ('sending', 'Sending'), ('sent', 'Sent'), ('returned', 'Not reached'), ('dropped', 'Not needed'), ('failed', 'Failed'), ('held', 'Held')], default='planned', max_length=8)),
                ('due_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('retry_at', models.DateTimeField(blank=True, null=True)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('failure', models.CharField(blank=True, max_length=200)),
                ('again_at', models.DateTimeField(blank=True, null=True)),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='initiatives.commitment')),
                ('department_request', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='initiatives.departmentrequest')),
                ('invitation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='surveys.invitation')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='initiatives.review')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('named_response', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='surveys.namedresponse')),
                ('survey', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='surveys.survey')),
                ('survey_unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='surveys.surveyunit')),
            ],
        ),
        migrations.AddField(
            model_name='invitation',
            name='survey_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='surveys.surveyunit'),
        ),
        migrations.AddField(
            model_name='contact',
            name='survey_unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='surveys.surveyunit'),
        ),
        migrations.AddIndex(
            model_name='survey',
            index=models.Index(fields=['organisation', 'state'], name='surveys_sur_organis_36bc12_idx'),
        ),
        migrations.AddIndex(
            model_name='survey',
            index=models.Index(fields=['state', 'opens_at'], name='surveys_sur_state_435e15_idx'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='survey_closes_after_it_opens'),
        ),
        migrations.AddIndex(
            model_name='staffimport',
            index=models.Index(fields=['state', 'asked_at'], name='surveys_sta_state_07461d_idx'),
        ),
        migrations.AddConstraint(
            model_name='staffimport',
            constraint=models.UniqueConstraint(fields=('survey', 'key'), name='one_import_per_checked_list'),
        ),
        migrations.AddIndex(
            model_name='surveyunit',
            index=models.Index(fields=['state', 'closes_at'], name='surveys_sur_state_87c780_idx'),
        ),
        migrations.AddConstraint(
            model_name='surveyunit',
            constraint=models.UniqueConstraint(fields=('survey', 'unit'), name='one_survey_unit_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='surveyunit',
            constraint=models.CheckConstraint(condition=models.Q(('mode', 'joint'), ('minimum_group__gte', 5), _connector='OR'), name='no_group_below_five'),
        ),
        migrations.AddConstraint(
            model_name='removedcontact',
            constraint=models.UniqueConstraint(fields=('survey_unit', 'address_hash'), name='one_taken_off_per_address'),
        ),
        migrations.AddConstraint(
            model_name='namedresponse',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'joint')), fields=('survey_unit',), name='one_joint_sheet_per_unit'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['state', 'due_at'], name='surveys_mes_state_8b774d_idx'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('reference', ''), _negated=True), fields=['reference'], name='message_by_reference'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('invitation', None), _negated=True), fields=('invitation', 'step'), name='one_message_per_invitation_and_step'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('step__in', ['result', 'too_few'])), fields=('invitation',), name='one_message_about_the_result'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('step__in', ['decided', 'stopped'])), fields=('invitation',), name='one_message_about_the_decision'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('named_response', None), _negated=True), fields=('named_response', 'step'), name='one_message_per_sheet_and_step'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('user', None), _negated=True), models.Q(('survey_unit', None), _negated=True)), fields=('survey_unit', 'user', 'step'), name='one_message_per_user_unit_and_step'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('user', None), _negated=True), ('survey_unit', None)), fields=('survey', 'user', 'step'), name='one_message_per_user_and_step'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('review', None), _negated=True), fields=('review', 'user'), name='one_message_per_review_and_user'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('commitment', None), _negated=True), fields=('commitment', 'user', 'step', 'day'), name='one_message_per_day_of_a_commitment'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('commitment', None), ('department_request', None), ('review', None), models.Q(('organisation', None), _negated=True)), fields=('organisation', 'user', 'step', 'day'), name='one_message_per_step_day_and_user'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('department_request', None), _negated=True), models.Q(('user', None), _negated=True)), fields=('department_request', 'user', 'step'), name='one_message_per_request_and_user'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('department_request', None), _negated=True), ('user', None)), fields=('department_request', 'step'), name='one_message_per_request_to_a_department'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('survey', None), ('organisation', None), _connector='XOR'), name='about_survey_or_improvements'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('survey_unit', 'email'), name='one_contact_per_email'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.UniqueConstraint(condition=models.Q(('mobile', ''), _negated=True), fields=('survey_unit', 'mobile'), name='one_contact_per_mobile'),
        ),
    ]
