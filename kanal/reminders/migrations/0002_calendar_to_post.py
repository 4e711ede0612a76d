from django.db import migrations

# Both keep their numbers: the journal names them.
MOVE = """
insert into post_dayoverride
    (id, government_id, day, is_working, note, added_by_id, added_by_name, added_at,
     ended_by_name, ended_at)
select id, government_id, day, is_working, note, added_by_id, added_by_name, added_at,
    ended_by_name, ended_at
from reminders_dayoverride;
insert into post_sendinghours (id, government_id, opens, closes)
select id, government_id, opens, closes from reminders_sendinghours;
select setval(pg_get_serial_sequence('post_dayoverride', 'id'), greatest(max(id), 1), max(id) is not null)
from post_dayoverride;
select setval(pg_get_serial_sequence('post_sendinghours', 'id'), greatest(max(id), 1), max(id) is not null)
from post_sendinghours;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('post', '0004_working_hours'),
        ('reminders', '0001_reminders'),
    ]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel(
            name='DayOverride',
        ),
        migrations.DeleteModel(
            name='SendingHours',
        ),
    ]
