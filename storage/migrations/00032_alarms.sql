-- +goose Up

-- An urgent case rings until a member of staff confirms. One row a case that rang; a
-- raise after a confirmation begins it anew.
create table casework.alarms (
    stream text not null check (stream in ('report', 'help')),
    case_id uuid not null,
    ward_id int not null references ward.wards,
    began_at timestamptz not null,
    rings int not null,                      -- sent so far
    ring_at timestamptz,                     -- the next one; null = none follows
    reached text[] not null,                 -- roles with an account that could be reached
    alerted boolean not null,                -- of a report: the police are among those it calls
    told boolean not null default false,     -- the person was told that nobody has confirmed
    confirmed_at timestamptz,
    confirmed_by bigint,
    primary key (stream, case_id, ward_id),
    foreign key (stream, case_id, ward_id) references casework.numbers (stream, id, ward_id) on delete cascade,
    foreign key (confirmed_by, ward_id) references ward.staff (id, ward_id)
);
create index alarms_due on casework.alarms (ward_id, ring_at) where ring_at is not null;
alter table casework.alarms enable row level security;
grant select, insert, update on casework.alarms to tinbao_report, tinbao_help;
create policy reports on casework.alarms to tinbao_report using (stream = 'report' and ward_id = ward.present());
create policy help on casework.alarms to tinbao_help using (stream = 'help' and ward_id = ward.present());
create policy own_referrals on casework.alarms as restrictive to tinbao_help
    using (ward.support() is null or exists (select from casework.numbers n where n.stream = 'help' and n.id = case_id))
    with check (true);

-- The police are alerted to an urgent report before it is handed over. They then read
-- what the person wrote and sent: the report, its messages from the person and its files.
-- What staff wrote, the ways back and all else stay closed until it is handed over: those
-- policies ask casework.numbers, which shows the police what was handed over, and nothing
-- else. Only the role of reports begins an alarm, so the police alert themselves to nothing.
-- The police see no alarm to which they were not alerted, so the policies below ask for one.
alter table casework.cases add column alerted_at timestamptz; -- a report whose police were alerted
grant select on casework.alarms to tinbao_police;
grant update (ring_at, confirmed_at, confirmed_by) on casework.alarms to tinbao_police;
create policy alerted on casework.alarms to tinbao_police using (stream = 'report' and ward_id = ward.present() and alerted);
alter policy handed_over on casework.cases
    using (stream = 'report' and ward_id = ward.present() and (forwarded_at is not null or alerted_at is not null));
-- What the police were only alerted to they do not hand over to themselves.
create policy not_by_themselves on casework.cases as restrictive for update to tinbao_police using (true)
    with check (forwarded_at is null or exists (select from casework.numbers n where n.stream = 'report' and n.id = cases.id));
create policy alerted on casework.talks for select to tinbao_police using (stream = 'report' and ward_id = ward.present()
    and not from_staff and not internal
    and exists (select from casework.alarms a where a.stream = 'report' and a.case_id = talks.case_id)
    and not exists (select from casework.covered_talks k where k.stream = 'report' and k.case_id = talks.case_id and k.seq = talks.seq));
create policy alerted on casework.covered_talks for select to tinbao_police using (stream = 'report' and ward_id = ward.present()
    and exists (select from casework.alarms a where a.stream = 'report' and a.case_id = covered_talks.case_id));
create policy alerted on casework.files for select to tinbao_police using (stream = 'report' and ward_id = ward.present() and by_staff is null
    and exists (select from casework.alarms a where a.stream = 'report' and a.case_id = files.case_id));
-- Of the history: what the person and the system did, and who confirmed.
create policy alerted on casework.events for select to tinbao_police using (stream = 'report' and ward_id = ward.present()
    and (by_staff is null or verb = 'confirm')
    and exists (select from casework.alarms a where a.stream = 'report' and a.case_id = events.case_id));
-- That they looked, and that they confirm.
create policy alerted_steps on casework.events for insert to tinbao_police with check (stream = 'report' and ward_id = ward.present()
    and verb in ('view', 'confirm')
    and exists (select from casework.alarms a where a.stream = 'report' and a.case_id = events.case_id));

-- What the police see of what has ended, by the condition of their policy.
create index cases_police on casework.report_cases (ward_id, ended_at desc)
    where ended_at is not null and (forwarded_at is not null or alerted_at is not null);
