import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('surveys', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Aggregate',
            fields=[
                ('survey_unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='aggregate', serialize=False, to='surveys.surveyunit')),
                ('respondents', models.PositiveIntegerField()),
                ('counts', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('released_at', models.DateTimeField()),
                ('payload', models.JSONField()),
                ('reason', models.CharField(blank=True, max_length=240)),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='scoring.snapshot')),
                ('survey_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='surveys.surveyunit')),
            ],
        ),
        migrations.CreateModel(
            name='Recount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('units', models.JSONField()),
                ('asked_at', models.DateTimeField()),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReleasedCounts',
            fields=[
                ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='released_counts', serialize=False, to='scoring.snapshot')),
                ('counts', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='ParentSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('released_at', models.DateTimeField()),
                ('parts', models.JSONField()),
                ('pools', models.JSONField()),
                ('payload', models.JSONField()),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parent_snapshots', to='surveys.survey')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('snapshot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='correction', serialize=False, to='scoring.snapshot')),
                ('reason', models.CharField(max_length=200)),
                ('headcount', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.UniqueConstraint(fields=('survey_unit', 'number'), name='one_snapshot_per_number'),
        ),
        migrations.AddConstraint(
            model_name='parentsnapshot',
            constraint=models.UniqueConstraint(fields=('survey', 'unit', 'number'), name='one_parent_snapshot_per_number'),
        ),
        migrations.AddConstraint(
            model_name='parentsnapshot',
            constraint=models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('survey', 'number'), name='one_whole_snapshot_per_number'),
        ),
    ]
