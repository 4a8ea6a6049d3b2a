-- +goose Up

-- What a case ended with, as the person who wrote reads it; sealed under the key of the
-- case. null = it goes on, was taken back, or ended before there was this.
alter table casework.cases add column result bytea;
grant update (result) on casework.cases to tinbao_police;

-- Whose people a report accuses. What accuses the police is never handed to them: the
-- table itself refuses it. What accuses the office is not there for its accounts.
alter table casework.cases add column kept_from text not null default '' check (kept_from in ('', 'officer', 'police'));
alter table casework.cases add constraint kept_from_police check (kept_from <> 'police' or forwarded_at is null);
alter table casework.numbers add column kept_from text not null default '';
create index numbers_kept on casework.numbers (stream, ward_id, id) where kept_from <> '';

-- Of which unit the account is that looks; null = somebody from whom nothing is kept, and
-- the person who wrote.
create function ward.unit() returns text language sql stable parallel safe
    return nullif(current_setting('tinbao.unit', true), '');
revoke execute on function ward.unit from public;
grant execute on function ward.unit to tinbao_report;

-- +goose StatementBegin
create or replace function casework.keep_number() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    case tg_op
        when 'INSERT' then
            insert into casework.numbers (stream, id, ward_id, year, seq, receipt, handed, assignee, wanted, kept_from)
            values (new.stream, new.id, new.ward_id, new.year, new.seq, new.receipt, new.stream = 'report' and new.forwarded_at is not null,
                case new.stream when 'help' then new.assignee end, case new.stream when 'help' then new.wanted else '' end, new.kept_from);
        when 'UPDATE' then
            update casework.numbers set receipt = new.receipt, handed = new.stream = 'report' and new.forwarded_at is not null,
                assignee = case new.stream when 'help' then new.assignee end, wanted = case new.stream when 'help' then new.wanted else '' end,
                kept_from = new.kept_from
            where stream = new.stream and id = new.id and ward_id = new.ward_id;
        when 'DELETE' then
            delete from casework.numbers where stream = old.stream and id = old.id and ward_id = old.ward_id;
    end case;
    return null;
end $$;
-- +goose StatementEnd

grant select (stream, id, ward_id, kept_from) on casework.numbers to tinbao_report;
create policy reports on casework.numbers to tinbao_report using (stream = 'report' and ward_id = ward.present());
create policy own_unit on casework.cases as restrictive to tinbao_report
    using (kept_from = '' or ward.unit() is null or kept_from <> ward.unit())
    with check (true);

-- +goose StatementBegin
do $$
declare tab text;
begin
    foreach tab in array array['routes', 'talks', 'events', 'files'] loop
        execute format('create policy own_unit on casework.%I as restrictive to tinbao_report
            using (ward.unit() is null or not exists (select from casework.numbers n
                where n.stream = ''report'' and n.id = case_id and n.kept_from <> '''' and n.kept_from = ward.unit()))
            with check (true)', tab);
    end loop;
end $$;
-- +goose StatementEnd

-- The bodies a person can turn to: name, address, hours, phone, link, and for what.
alter table ward.wards add column bodies jsonb not null default '[]';
