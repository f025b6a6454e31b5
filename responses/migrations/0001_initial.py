import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('instruments', '0001_initial'),
        ('surveys', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='instruments.section')),
                ('survey_unit', models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name='comments', to='surveys.surveyunit')),
            ],
        ),
        migrations.CreateModel(
            name='Envelope',
            fields=[
                ('key', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('survey_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='envelopes', to='surveys.surveyunit')),
            ],
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('answers', models.TextField()),
                ('survey_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='surveys.surveyunit')),
            ],
        ),
        migrations.CreateModel(
            name='Screening',
            fields=[
                ('survey_unit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='screening', serialize=False, to='surveys.surveyunit')),
                ('asked_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ScreenedComment',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('shown', models.BooleanField(default=False)),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='instruments.section')),
                ('screening', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='responses.screening')),
            ],
            options={
                'ordering': ['section__position', 'key'],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('sms', 'Text message'), ('qr', 'QR poster'), ('slip', 'Code slip')], max_length=5)),
                ('count', models.PositiveIntegerField(default=0)),
                ('open', models.BooleanField(default=False)),
                ('survey_unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='surveys.surveyunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('survey_unit', 'channel'), name='one_tally_per_channel'), models.CheckConstraint(condition=models.Q(('count__gte', 0)), name='tally_not_negative')],
            },
        ),
    ]
