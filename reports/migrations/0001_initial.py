import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('scoring', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Waiting'), ('making', 'Being created'), ('ready', 'Ready'), ('failed', 'Failed')], default='asked', max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('content', models.BinaryField(default=b'')),
                ('kind', models.CharField(choices=[('board', 'One page for the board (PDF)'), ('wall', 'One page for the staff room (PDF)'), ('full', 'Full result (PDF)'), ('slides', '6 slides (PowerPoint)'), ('workbook', 'Figures with a codebook (Excel)'), ('table', 'Figures as a table (CSV)'), ('drawings', 'Charts as pictures (SVG in a zip file)')], max_length=8)),
                ('says', models.CharField(blank=True, max_length=64)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='scoring.snapshot')),
            ],
            options={
                'indexes': [models.Index(fields=['asked_at'], name='reports_doc_asked_a_6aaab0_idx')],
                'constraints': [models.UniqueConstraint(fields=('snapshot', 'kind'), name='one_document_per_kind')],
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Waiting'), ('making', 'Being created'), ('ready', 'Ready'), ('failed', 'Failed')], default='asked', max_length=8)),
                ('asked_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('content', models.BinaryField(default=b'')),
                ('kind', models.CharField(choices=[('workbook', 'Figures with a codebook (Excel)'), ('table', 'Figures as a table, with a codebook (CSV, zipped)')], max_length=8)),
                ('snapshots', models.JSONField(default=list)),
                ('done', models.PositiveIntegerField(default=0)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='organisations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['asked_at'], name='reports_exp_asked_a_c85f3e_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'asked_by', 'kind'), name='one_export_per_reader_and_kind')],
            },
        ),
    ]
