-- +goose Up

-- What the police read of the messages of a report: the person's words, what the police
-- wrote themselves, and what the office wrote to them. Notes of the office and answers to
-- the person stay with the office, unless it gives them as a copy (covered_talks).
-- The default is for programs of the release before, which do not name the column.
alter table casework.talks add column to_police boolean not null default (current_user = 'tinbao_police');

alter table casework.talks disable trigger wipe_only;
update casework.talks t set to_police = true
from casework.cases c
where t.stream = 'report' and c.stream = 'report' and c.id = t.case_id and c.ward_id = t.ward_id
  and t.from_staff and t.internal and t.at >= c.forwarded_at;
update casework.talks t set to_police = true
from ward.staff s
where t.stream = 'report' and s.id = t.by_staff and s.role = 'police';
alter table casework.talks enable trigger wipe_only;

-- A copy says who wrote the message.
alter table casework.covered_talks add column from_staff boolean not null default false;
alter table casework.covered_talks add column by_staff bigint;

-- +goose StatementBegin
create or replace function casework.wipe_only() returns trigger language plpgsql as $$
begin
    if new.body <> ''::bytea or (new.seq, new.at, new.from_staff, new.internal, new.by_staff, new.to_police)
        is distinct from (old.seq, old.at, old.from_staff, old.internal, old.by_staff, old.to_police) then
        raise exception 'a message may be wiped, not changed';
    end if;
    return new;
end $$;
-- +goose StatementEnd

alter policy handed_over on casework.talks using (stream = 'report' and ward_id = ward.present()
    and (not from_staff and not internal or to_police)
    and exists (select from casework.numbers n where n.stream = 'report' and n.id = case_id)
    and not exists (select from casework.covered_talks k where k.stream = 'report' and k.case_id = talks.case_id and k.seq = talks.seq));
-- Whom the alarm called reads no note before the report is handed over.
alter policy alerted on casework.covered_talks using (stream = 'report' and ward_id = ward.present() and not from_staff
    and exists (select from casework.alarms a where a.stream = 'report' and a.case_id = covered_talks.case_id));
-- Files that the office sent to the person stay with the office, too.
alter policy handed_over on casework.files using (stream = 'report' and ward_id = ward.present() and by_staff is null
    and exists (select from casework.numbers n where n.stream = 'report' and n.id = case_id));

-- The number of the last message of a report that was handed over, whoever may read it:
-- the police number theirs after it.
create function casework.last_talk(report uuid) returns int
    language sql stable security definer set search_path = '' as $$
    select coalesce(max(t.seq), 0) from casework.talks t
    where t.stream = 'report' and t.ward_id = ward.present() and t.case_id = report
      and exists (select from casework.numbers n where n.stream = 'report' and n.ward_id = t.ward_id and n.id = t.case_id and n.handed)
$$;
revoke all on function casework.last_talk from public;
grant execute on function casework.last_talk to tinbao_police;
