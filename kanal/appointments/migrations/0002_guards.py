from django.db import migrations

# What had effect is never rewritten. Sample rows alone may go, and only while the command that
# removes them says so in its own transaction.
GUARDS = """
create function appointments_sample_may_go(letter bigint) returns boolean language sql stable as $$
    select coalesce(current_setting('kanal.removing_sample', true), '') = 'on'
        and exists (select 1 from appointments_letter where id = letter and is_sample)
$$;

create function appointments_keep_appointment() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if appointments_sample_may_go(old.letter_id) then return old; end if;
        raise exception 'an appointment is never deleted (row %)', old.id
            using errcode = 'integrity_constraint_violation';
    end if;
    if upper_inf(old.recorded) and not upper_inf(new.recorded)
        and lower(old.recorded) = lower(new.recorded)
        and (old.government_id, old.unit_id, old.person_id, old.letter_id, old.duties, old.valid)
            is not distinct from
            (new.government_id, new.unit_id, new.person_id, new.letter_id, new.duties, new.valid)
        and old.account_id is not distinct from new.account_id
        and old.ended_by_id is not distinct from new.ended_by_id
    then return new; end if;
    raise exception 'an appointment is ended, never edited (row %)', old.id
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger keep before update or delete on appointments_appointment
    for each row execute function appointments_keep_appointment();

create function appointments_keep_letter() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if appointments_sample_may_go(old.id) then return old; end if;
        raise exception 'a letter is never deleted (row %)', old.id
            using errcode = 'integrity_constraint_violation';
    end if;
    if old.decided_at is not null and old is distinct from new then
        raise exception 'a decided letter is never edited (row %)', old.id
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger keep before update or delete on appointments_letter
    for each row execute function appointments_keep_letter();

create function appointments_keep_part() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and appointments_sample_may_go(old.letter_id) then return old; end if;
    raise exception '% rows are only added (row %)', tg_table_name, old.id
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger keep before update or delete on appointments_letterofficer
    for each row execute function appointments_keep_part();
create trigger keep before update or delete on appointments_letterfile
    for each row execute function appointments_keep_part();
create trigger keep before update or delete on appointments_check
    for each row execute function appointments_keep_part();
create trigger keep before update or delete on appointments_decision
    for each row execute function appointments_keep_part();
"""

NO_GUARDS = """
drop trigger keep on appointments_decision;
drop trigger keep on appointments_check;
drop trigger keep on appointments_letterfile;
drop trigger keep on appointments_letterofficer;
drop trigger keep on appointments_letter;
drop trigger keep on appointments_appointment;
drop function appointments_keep_part;
drop function appointments_keep_letter;
drop function appointments_keep_appointment;
drop function appointments_sample_may_go;
"""


class Migration(migrations.Migration):
    dependencies = [("appointments", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
