-- +goose Up

-- Cases and what hangs on them lie apart by ward and by year: stream, then ward, then a
-- range of the case's id, which begins with the time of receipt. A partition is a place,
-- not a truth: what has none, or an id without a time, lies in the one called other.

-- Programs go on meanwhile: no case may come between the taking down of all names and the
-- trigger that keeps them.
lock table casework.cases in access exclusive mode;

-- The names of all cases, in one piece: what has to be unique over all partitions, and
-- what the other tables refer to. Triggers keep it; no role writes here. The policies of
-- what hangs on a case ask here whether a role may see the case: of the cases themselves
-- they would ask all partitions of all wards.
create table casework.numbers (
    stream text not null check (stream in ('report', 'help')),
    id uuid not null,
    ward_id int not null,
    year int not null,
    seq int not null,
    receipt bytea,                           -- keyed hash, null once it was destroyed
    handed boolean not null,                 -- a report the police were given
    assignee bigint,                         -- help: as in the case
    wanted text not null,                    -- help: as in the case
    primary key (stream, id, ward_id),
    unique (stream, ward_id, year, seq),
    unique (stream, receipt, ward_id)
);
alter table casework.numbers enable row level security;
grant select (stream, id, ward_id, handed) on casework.numbers to tinbao_police;
grant select (stream, id, ward_id, assignee, wanted) on casework.numbers to tinbao_help;
create policy handed_over on casework.numbers to tinbao_police using (stream = 'report' and ward_id = ward.present() and handed);
create policy help on casework.numbers to tinbao_help using (stream = 'help' and ward_id = ward.present());
create policy own_referrals on casework.numbers as restrictive to tinbao_help
    using (ward.support() is null or assignee = ward.support()
        or assignee is null and wanted = any(string_to_array(split_part(current_setting('tinbao.support', true), ':', 2), ',')))
    with check (true);
insert into casework.numbers (stream, id, ward_id, year, seq, receipt, handed, assignee, wanted)
select stream, id, ward_id, year, seq, receipt, stream = 'report' and forwarded_at is not null,
       case stream when 'help' then assignee end, case stream when 'help' then wanted else '' end from casework.cases;

-- +goose StatementBegin
do $$
declare tab text;
begin
    foreach tab in array array['routes', 'talks', 'events', 'files', 'clocks', 'covered_talks', 'merges', 'reminders', 'mentions', 'establishment_links'] loop
        execute format('alter policy handed_over on casework.%I using (stream = ''report'' and ward_id = ward.present()
            and exists (select from casework.numbers n where n.stream = ''report'' and n.id = case_id)', tab) || case tab
            when 'merges' then ' and exists (select from casework.numbers n where n.stream = ''report'' and n.id = into_id)'
            when 'talks' then ' and not exists (select from casework.covered_talks k where k.stream = ''report'' and k.case_id = talks.case_id and k.seq = talks.seq)'
            else '' end || ')';
    end loop;
    foreach tab in array array['routes', 'talks', 'events', 'files', 'meetings', 'follow_ups'] loop
        execute format('alter policy own_referrals on casework.%I
            using (ward.support() is null or exists (select from casework.numbers n where n.stream = ''help'' and n.id = case_id))', tab);
    end loop;
end $$;
-- +goose StatementEnd

-- +goose StatementBegin
create function casework.keep_number() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    case tg_op
        when 'INSERT' then
            insert into casework.numbers (stream, id, ward_id, year, seq, receipt, handed, assignee, wanted)
            values (new.stream, new.id, new.ward_id, new.year, new.seq, new.receipt, new.stream = 'report' and new.forwarded_at is not null,
                case new.stream when 'help' then new.assignee end, case new.stream when 'help' then new.wanted else '' end);
        when 'UPDATE' then
            update casework.numbers set receipt = new.receipt, handed = new.stream = 'report' and new.forwarded_at is not null,
                assignee = case new.stream when 'help' then new.assignee end, wanted = case new.stream when 'help' then new.wanted else '' end
            where stream = new.stream and id = new.id and ward_id = new.ward_id;
        when 'DELETE' then
            delete from casework.numbers where stream = old.stream and id = old.id and ward_id = old.ward_id;
    end case;
    return null;
end $$;
create function casework.stay() returns trigger language plpgsql as $$
begin
    raise exception 'a case keeps its ward, id and number' using errcode = 'integrity_constraint_violation';
end $$;
-- A message that is covered is there; messages are never removed.
create function casework.covers_talk() returns trigger language plpgsql set search_path = '' as $$
begin
    if not exists (select from casework.talks t where t.stream = new.stream and t.case_id = new.case_id and t.seq = new.seq and t.ward_id = new.ward_id) then
        raise exception 'there is no such message' using errcode = 'foreign_key_violation';
    end if;
    return null;
end $$;

-- The smallest id of a year, which begins at midnight in Vietnam.
create function casework.first_id(year int) returns uuid language sql immutable
    return (lpad(to_hex((extract(epoch from make_timestamptz(year, 1, 1, 0, 0, 0, 'Asia/Ho_Chi_Minh')) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;

-- Takes rows from one table into another that is not joined to the rest yet. Nothing
-- happens to a row by that, so nothing is told of it.
create function casework.take_rows(source regclass, target regclass, condition text) returns bigint
    language plpgsql set search_path = '' as $$
declare
    cols text;
    n bigint;
begin
    select string_agg(quote_ident(attname), ', ' order by attnum) into cols
    from pg_catalog.pg_attribute where attrelid = source and attnum > 0 and not attisdropped and attgenerated = '';
    execute format('insert into %1$s (%2$s) select %2$s from only %3$s where %4$s', target, cols, source, condition);
    get diagnostics n = row_count;
    if n > 0 then
        execute format('alter table %s disable trigger user', source);
        execute format('delete from only %s where %s', source, condition);
        execute format('alter table %s enable trigger user', source);
    end if;
    return n;
end $$;

-- The place of a ward in one table of one stream; what it has of the ward comes from source.
create function casework.make_ward(stream text, tab text, ward int, source regclass) returns void
    language plpgsql set search_path = '' as $$
declare
    top text := stream || '_' || tab;
    mine text := top || '_' || ward;
begin
    execute format('create table casework.%I (like casework.%I including defaults including constraints including storage) partition by range (%I)',
        mine, top, case tab when 'cases' then 'id' else 'case_id' end);
    execute format('create table casework.%I partition of casework.%I default', mine || '_other', mine);
    perform casework.take_rows(source, format('casework.%I', mine)::regclass, 'ward_id = ' || ward);
    execute format('alter table casework.%I attach partition casework.%I for values in (%s)', top, mine, ward);
end $$;

-- The place of a ward and a year in one table of one stream; false when it is there. A
-- caller begins with a short lock_timeout and tries again, so that nobody who works waits
-- long, or for ever.
create function casework.make_partition(stream text, tab text, ward int, year int) returns boolean
    language plpgsql set search_path = '' as $$
declare
    top text := stream || '_' || tab;
    mine text := top || '_' || ward;
    leaf text := mine || '_' || year;
    key text := case tab when 'cases' then 'id' else 'case_id' end;
begin
    if to_regclass(format('casework.%I', leaf)) is not null then
        return false;
    end if;
    execute format('lock table casework.%I in share update exclusive mode', top);
    if to_regclass(format('casework.%I', mine)) is null then
        lock table casework.numbers, ward.wards, ward.staff in share row exclusive mode;
        execute format('lock table casework.%I in access exclusive mode', top || '_other');
        perform casework.make_ward(stream, tab, ward, format('casework.%I', top || '_other')::regclass);
    end if;
    if to_regclass(format('casework.%I', leaf)) is not null then
        return false;
    end if;
    lock table casework.numbers, ward.wards, ward.staff in share row exclusive mode;
    execute format('lock table casework.%I in access exclusive mode', mine || '_other');
    execute format('create table casework.%I (like casework.%I including defaults including constraints including storage)', leaf, mine);
    perform casework.take_rows(format('casework.%I', mine || '_other')::regclass, format('casework.%I', leaf)::regclass,
        format('%1$I >= %2$L and %1$I < %3$L', key, casework.first_id(year), casework.first_id(year + 1)));
    execute format('alter table casework.%I attach partition casework.%I for values from (%L) to (%L)',
        mine, leaf, casework.first_id(year), casework.first_id(year + 1));
    return true;
end $$;
-- +goose StatementEnd
revoke execute on function casework.keep_number, casework.stay, casework.covers_talk, casework.first_id, casework.take_rows,
    casework.make_ward, casework.make_partition from public;

-- The tables are taken apart and put together again. The table of a stream becomes the
-- place for other ids of the ward that has most in it, as it is; nothing of it is copied.
-- +goose StatementBegin
do $$
declare
    tab text;
    stream text;
    top text;
    old regclass;
    main int;
    w int;
    wards int[];
    refs text[] := '{}';
    again text[] := '{}';
    one record;
    cmd text;
begin
    for one in select c.conrelid::regclass as child, c.conname, c.confdeltype, c.confrelid::regclass as parent,
                      (select string_agg(quote_ident(a.attname), ', ' order by k.n) from unnest(c.conkey) with ordinality k (num, n)
                       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.num) as cols
               from pg_constraint c
               where c.contype = 'f' and c.conparentid = 0 and c.confrelid in ('casework.cases'::regclass, 'casework.talks'::regclass)
    loop
        execute format('alter table %s drop constraint %I', one.child, one.conname);
        if one.parent = 'casework.talks'::regclass then
            one.cols := 'stream, case_id';
        end if;
        refs := refs || format('alter table %s add foreign key (%s, ward_id) references casework.numbers (stream, id, ward_id)%s',
            one.child, replace(one.cols, ', ward_id', ''), case when one.confdeltype = 'c' then ' on delete cascade' else '' end);
    end loop;

    foreach tab in array array['cases', 'routes', 'talks', 'events', 'files'] loop
        foreach stream in array array['report', 'help'] loop
            execute format('alter table casework.%I detach partition casework.%I', tab, stream || '_' || tab);
        end loop;
        -- what was unique or the key gets the columns of the partitions at its end
        for one in select c.conrelid::regclass as rel, c.conname from pg_constraint c
                   where c.contype in ('p', 'u') and c.conrelid in (format('casework.%I', tab)::regclass, format('casework.report_%s', tab)::regclass, format('casework.help_%s', tab)::regclass)
        loop
            execute format('alter table %s drop constraint %I', one.rel, one.conname);
        end loop;
        case tab
            when 'cases' then
                alter table casework.cases add primary key (stream, id, ward_id);
                create index cases_number on casework.cases (ward_id, year, seq);
                create index cases_receipt on casework.cases (receipt) where receipt is not null;
            when 'talks' then alter table casework.talks add primary key (stream, case_id, seq, ward_id);
            when 'events' then alter table casework.events add primary key (stream, case_id, seq, ward_id);
            when 'files' then
                alter table casework.files add primary key (stream, id, ward_id, case_id);
                alter table casework.files alter column body set storage external;
            else null;
        end case;

        foreach stream in array array['report', 'help'] loop
            top := stream || '_' || tab;
            old := format('casework.%I', top)::regclass;
            for one in select t.tgname, pg_get_triggerdef(t.oid) as def from pg_trigger t where t.tgrelid = old and not t.tgisinternal loop
                again := again || one.def;
                execute format('drop trigger %I on %s', one.tgname, old);
            end loop;
            execute format('alter table %s rename to %I', old, top || '_old');
            for one in select i.indexrelid::regclass as index, c.relname, pg_get_indexdef(i.indexrelid) as def from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = old loop
                if not starts_with(one.relname, top) then
                    again := again || replace(one.def, top || '_old', top);
                end if;
                execute format('alter index %s rename to %I', one.index, left(top || '_old_' || case when starts_with(one.relname, top || '_') then substr(one.relname, length(top) + 2) else one.relname end, 63));
            end loop;

            execute format('create table casework.%I (like casework.%I including defaults including constraints including storage) partition by list (ward_id)', top, tab);
            execute format('create table casework.%I partition of casework.%I default', top || '_other', top);
            execute format('select ward_id from %s group by ward_id order by count(*) desc, ward_id limit 1', old) into main;
            if main is null then
                execute format('drop table %s', old);
            else
                execute format('select array_agg(distinct ward_id) from %s where ward_id <> %s', old, main) into wards;
                foreach w in array coalesce(wards, '{}') loop
                    perform casework.make_ward(stream, tab, w, old);
                end loop;
                execute format('create table casework.%I (like casework.%I including defaults including constraints including storage) partition by range (%I)',
                    top || '_' || main, top, case tab when 'cases' then 'id' else 'case_id' end);
                execute format('alter table %s rename to %I', old, top || '_' || main || '_other');
                execute format('alter table casework.%I attach partition casework.%I default', top || '_' || main, top || '_' || main || '_other');
                execute format('alter table casework.%I attach partition casework.%I for values in (%s)', top, top || '_' || main, main);
            end if;
            execute format('alter table casework.%I attach partition casework.%I for values in (%L)', tab, top, stream);
        end loop;
    end loop;
    foreach cmd in array again || refs loop
        execute cmd;
    end loop;
end $$;
-- +goose StatementEnd

-- After, so that row security has judged the row before anybody learns whether a number is
-- taken.
create trigger keep_number after insert on casework.cases for each row execute function casework.keep_number();
create trigger rekeep_number after update on casework.cases for each row
    when (old.receipt is distinct from new.receipt or (old.forwarded_at is null) <> (new.forwarded_at is null)
        or new.stream = 'help' and (old.assignee, old.wanted) is distinct from (new.assignee, new.wanted))
    execute function casework.keep_number();
create trigger drop_number after delete on casework.cases for each row execute function casework.keep_number();
create trigger stay before update of stream, id, ward_id, year, seq on casework.cases for each row
    when ((old.stream, old.id, old.ward_id, old.year, old.seq) is distinct from (new.stream, new.id, new.ward_id, new.year, new.seq))
    execute function casework.stay();
create trigger covers_talk after insert on casework.covered_talks for each row execute function casework.covers_talk();
