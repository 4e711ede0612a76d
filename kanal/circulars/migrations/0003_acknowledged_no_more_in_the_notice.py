from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('circulars', '0002_acknowledgements'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_acknowledged_by_somebody',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='acknowledged_how',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='acknowledged_name',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='acknowledged_on',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='acknowledged_post',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='recorded_at',
        ),
        migrations.RemoveField(
            model_name='notice',
            name='recorded_by',
        ),
    ]
