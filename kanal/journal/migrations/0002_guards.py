"""What the database itself holds true: rows are hashed as they come, and never changed."""

from django.db import migrations

GUARDS = r"""
-- Builds the bytes of canonical.py. Clients choose neither the instant nor the hash.
CREATE FUNCTION journal_entry_arrives() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before_text text := NEW.before::text;
    after_text text := NEW.after::text;
    epoch text;
BEGIN
    NEW.at := clock_timestamp();
    epoch := extract(epoch FROM NEW.at)::text;
    NEW.leaf := sha256('\x00'::bytea || convert_to(
        E'kanal.journal.entry.v1\nid ' || length(NEW.id::text) || ' ' || NEW.id
        || coalesce(E'\ngovernment ' || length(NEW.government::text) || ' ' || NEW.government,
                    E'\ngovernment -')
        || E'\nat ' || length(epoch) || ' ' || epoch
        || coalesce(E'\nactor_id ' || length(NEW.actor_id::text) || ' ' || NEW.actor_id,
                    E'\nactor_id -')
        || E'\nactor_name ' || octet_length(NEW.actor_name) || ' ' || NEW.actor_name
        || E'\nverb ' || octet_length(NEW.verb) || ' ' || NEW.verb
        || E'\nsubject ' || octet_length(NEW.subject) || ' ' || NEW.subject
        || E'\nunit ' || octet_length(NEW.unit) || ' ' || NEW.unit
        || E'\nletter ' || octet_length(NEW.letter) || ' ' || NEW.letter
        || coalesce(E'\nbefore ' || octet_length(before_text) || ' ' || before_text, E'\nbefore -')
        || coalesce(E'\nafter ' || octet_length(after_text) || ' ' || after_text, E'\nafter -')
        || E'\nnote ' || octet_length(NEW.note) || ' ' || NEW.note
        || E'\n', 'UTF8'));
    INSERT INTO journal_waiting (entry_id) VALUES (NEW.id);
    RETURN NEW;
END $$;

CREATE TRIGGER journal_entry_arrives BEFORE INSERT ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_arrives();

CREATE FUNCTION journal_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER journal_entry_stays BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_entry_whole BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_seal_stays BEFORE UPDATE OR DELETE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();
CREATE TRIGGER journal_seal_whole BEFORE TRUNCATE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse_change();

-- Also for a session that calls itself a replica.
ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_entry_stays;
ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER journal_entry_whole;
ALTER TABLE journal_seal ENABLE ALWAYS TRIGGER journal_seal_stays;
ALTER TABLE journal_seal ENABLE ALWAYS TRIGGER journal_seal_whole;
"""

UNGUARD = """
DROP TRIGGER journal_entry_arrives ON journal_entry;
DROP TRIGGER journal_entry_stays ON journal_entry;
DROP TRIGGER journal_entry_whole ON journal_entry;
DROP TRIGGER journal_seal_stays ON journal_seal;
DROP TRIGGER journal_seal_whole ON journal_seal;
DROP FUNCTION journal_entry_arrives();
DROP FUNCTION journal_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_tables")]
    operations = [migrations.RunSQL(GUARDS, UNGUARD)]
