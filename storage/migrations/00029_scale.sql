-- +goose Up

-- A database of many wards can be spread over machines by ward. What is spread that way
-- needs the ward in every key and in every reference from one spread table to another, so
-- both get it, behind the columns they had: searches by those go on using them. Keys by
-- which the program says ON CONFLICT stay, because a program of the release before says it
-- to them; storage/distribution_test.go lists them.
-- +goose StatementBegin
do $$
declare
    kept text[] := array['casework.clocks', 'casework.covered_talks', 'casework.follow_ups', 'casework.mentions',
                         'casework.merges', 'casework.originals', 'casework.reminders', 'edge.updates'];
    c record;
    again text[] := '{}';
    command text;
begin
    for c in
        select k.conrelid::regclass as tab, k.conname as name, pg_get_constraintdef(k.oid) as def
        from pg_constraint k
        join pg_attribute mine on mine.attrelid = k.conrelid and mine.attname = 'ward_id'
        join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attname = 'ward_id'
        where k.contype = 'f' and k.conparentid = 0 and not mine.attnum = any(k.conkey)
          and k.connamespace in ('ward'::regnamespace, 'edge'::regnamespace, 'casework'::regnamespace)
        order by k.oid
    loop
        execute format('alter table %s drop constraint %I', c.tab, c.name);
        again := again || format('alter table %s add constraint %I %s', c.tab, c.name,
            regexp_replace(c.def, '^FOREIGN KEY \(([^)]+)\) REFERENCES ([^(]+)\(([^)]+)\)', 'FOREIGN KEY (\1, ward_id) REFERENCES \2(\3, ward_id)'));
    end loop;
    for c in
        select k.conrelid::regclass as tab, k.conname as name, pg_get_constraintdef(k.oid) as def
        from pg_constraint k
        join pg_attribute mine on mine.attrelid = k.conrelid and mine.attname = 'ward_id'
        where k.contype in ('p', 'u') and k.conparentid = 0 and not mine.attnum = any(k.conkey)
          and k.connamespace in ('ward'::regnamespace, 'edge'::regnamespace, 'casework'::regnamespace)
          and not k.conrelid = any(kept::regclass[])
        order by k.oid
    loop
        execute format('alter table %s drop constraint %I', c.tab, c.name);
        execute format('alter table %s add constraint %I %s', c.tab, c.name, regexp_replace(c.def, '\(([^)]+)\)', '(\1, ward_id)'));
    end loop;
    foreach command in array again loop
        execute command;
    end loop;
end $$;
-- +goose StatementEnd
