-- +goose Up

-- What was destroyed for good, and when: a row is written by triggers in the very
-- transaction that destroys, whoever does it. The program copies the rows into a file
-- outside the database, and a restored backup is told to destroy the same again. Only
-- the owner of the tables reads them: no role has a right here.
create table casework.destructions (
    id uuid primary key default gen_random_uuid(),
    stream text not null check (stream in ('report', 'help')),
    case_id uuid not null,                   -- no reference: a backup may be older than the case
    ward_id int not null,
    what text not null check (what in ('case', 'receipt', 'route', 'file')),
    ref text not null default '',            -- file: its id
    at timestamptz not null default clock_timestamp(),
    tx bigint not null default pg_current_xact_id()::text::bigint -- 0 = copied back from the file
);
create index destructions_tx on casework.destructions (tx);
alter table casework.destructions enable row level security;

-- The same of those who want no news any more: by a hash of the sealed way back, which
-- leads to nobody and finds the row in a backup.
create table edge.departures (
    id uuid primary key default gen_random_uuid(),
    ward_id int not null,
    ref text not null,
    at timestamptz not null default clock_timestamp(),
    tx bigint not null default pg_current_xact_id()::text::bigint
);
create index departures_tx on edge.departures (tx);
alter table edge.departures enable row level security;

-- +goose StatementBegin
create function casework.note_destruction() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    case tg_argv[0]
        when 'case' then
            insert into casework.destructions (stream, case_id, ward_id, what) values (old.stream, old.id, old.ward_id, 'case');
        when 'receipt' then
            insert into casework.destructions (stream, case_id, ward_id, what) values (old.stream, old.id, old.ward_id, 'receipt');
        when 'route' then
            insert into casework.destructions (stream, case_id, ward_id, what) values (old.stream, old.case_id, old.ward_id, 'route');
        when 'file' then
            insert into casework.destructions (stream, case_id, ward_id, what, ref) values (old.stream, old.case_id, old.ward_id, 'file', old.id::text);
        when 'news' then
            insert into edge.departures (ward_id, ref) values (old.ward_id, encode(sha256(old.route), 'hex'));
    end case;
    notify tinbao_destroyed;
    return null;
end $$;
-- +goose StatementEnd
revoke execute on function casework.note_destruction from public;

create trigger note_case after update of case_key on casework.cases for each row
    when (old.case_key is not null and new.case_key is null) execute function casework.note_destruction('case');
create trigger note_receipt after update of receipt on casework.cases for each row
    when (old.receipt is not null and new.receipt is null and new.case_key is not null) execute function casework.note_destruction('receipt');
create trigger note_route after delete on casework.routes for each row execute function casework.note_destruction('route');
create trigger note_file after update of body on casework.files for each row
    when (old.body is not null and new.body is null) execute function casework.note_destruction('file');
create trigger note_news after delete on edge.subscribers for each row execute function casework.note_destruction('news');
-- A way back that is replaced under the same key, by asking for news again: should the
-- person leave then, it is gone, too. A rotation is told by its other key and leaves
-- nothing that opens.
create trigger note_old_news after update of route on edge.subscribers for each row
    when (old.route <> new.route and substr(old.route, 1, 5) = substr(new.route, 1, 5)) execute function casework.note_destruction('news');

-- What was destroyed before this table was there.
insert into casework.destructions (stream, case_id, ward_id, what, at, tx)
select stream, id, ward_id, 'case', erased_at, 0 from casework.cases where erased_at is not null;
