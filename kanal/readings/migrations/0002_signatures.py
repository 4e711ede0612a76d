from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("readings", "0001_readings"),
    ]

    operations = [
        migrations.AddField(
            model_name="reading",
            name="signatures",
            field=models.JSONField(default=list, db_default=models.Value([], models.JSONField())),
        ),
    ]
