import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('initiatives', '0001_initial'),
        ('surveys', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Debrief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('preparation', 'Leaders’ preparation'), ('team', 'Team debrief'), ('no_figures', 'Debrief without figures'), ('together', 'Debrief together'), ('reply', 'Leaders’ reply')], default='team', max_length=11)),
                ('name', models.CharField(max_length=60)),
                ('people', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('counted', models.CharField(blank=True, max_length=120)),
                ('count_result', models.CharField(blank=True, max_length=120)),
                ('choice', models.CharField(blank=True, choices=[('go_ahead', 'Go ahead'), ('strengthen', 'Strengthen first'), ('hold', 'Put on hold')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=240)),
                ('teller', models.CharField(blank=True, max_length=160)),
                ('names_itself', models.BooleanField(default=False)),
                ('protected_time', models.CharField(blank=True, choices=[('all', 'Yes, all'), ('some', 'Some'), ('no', 'No')], max_length=4)),
                ('promises', models.JSONField(blank=True, default=list)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='debriefs', to='surveys.surveyunit')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('caption', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('image/png', 'PNG'), ('image/jpeg', 'JPEG')], max_length=10)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('is_shown', models.BooleanField(default=False)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('debrief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='debriefs.debrief')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='EarlyPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=240)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey_unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='early_plan', to='surveys.surveyunit')),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=12)),
                ('code', models.CharField(blank=True, max_length=40)),
                ('text', models.CharField(max_length=400)),
                ('is_shown', models.BooleanField(default=False)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('debrief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='debriefs.debrief')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='initiatives.priority')),
                ('debrief', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='debriefs.debrief')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('priority', 'debrief'), name='one_choice_per_priority_and_debrief')],
            },
        ),
    ]
