from django.db import migrations

# Hashes of what is left of a name when two of its five pieces are left out: names one or two
# letters apart share at least one. Reading side: kanal/register/lookalikes.py.
# Parallel unsafe on purpose: starting a second worker takes longer than the whole look-up.
CREATE = """
create function near_keys(name text) returns int[]
language plpgsql immutable strict parallel unsafe as $$
declare
    pieces text[] := '{}';
    keys int[] := '{}';
    place int := 1;
    size int;
    remainder text;
begin
    for i in 0..4 loop
        size := length(name) / 5 + case when i >= 5 - length(name) % 5 then 1 else 0 end;
        pieces := pieces || substr(name, place, size);
        place := place + size;
    end loop;
    for i in 1..4 loop
        for j in i + 1..5 loop
            remainder := '';
            for k in 1..5 loop
                if k <> i and k <> j then
                    remainder := remainder || pieces[k];
                end if;
            end loop;
            keys := keys || hashtext(length(name) || ':' || i || j || ':' || remainder);
        end loop;
    end loop;
    return keys;
end $$;
create index account_near on register_account using gin (near_keys(handle_folded));
"""

DROP = """
drop index account_near;
drop function near_keys(text);
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
