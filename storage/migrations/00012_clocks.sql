-- +goose Up

-- What the ward says of a limit, from a moment on; the newest of a key counts, and what
-- was due before stays due then. A key without rows is as the program knows it.
create table ward.clocks (
    ward_id int not null references ward.wards,
    key text not null,
    from_at timestamptz not null,
    type text not null check (type in ('calendar_days', 'working_days', 'working_hours', 'running_hours')),
    amount int not null check (amount > 0),
    verified boolean not null,               -- compared with its source by the same person
    by_staff bigint not null references ward.staff,
    primary key (ward_id, key, from_at)
);

-- What the ward says of a day, from a moment on; the newest of a day counts. A day
-- without rows is as the program knows it.
create table ward.calendar (
    ward_id int not null references ward.wards,
    year int not null,
    month int not null,
    day int not null,
    from_at timestamptz not null,
    kind text not null check (kind in ('holiday', 'compensatory_off', 'working_weekend', 'ordinary')),
    by_staff bigint not null references ward.staff,
    primary key (ward_id, year, month, day, from_at)
);

-- Years whose days off were compared with the official announcement. A day that is
-- changed afterwards takes that back.
create table ward.calendar_checks (
    ward_id int not null references ward.wards,
    year int not null,
    at timestamptz not null,
    by_staff bigint not null references ward.staff,
    primary key (ward_id, year, at)
);

-- Who got the morning's digest of which day.
create table ward.digests (
    ward_id int not null references ward.wards,
    staff_id bigint not null references ward.staff,
    day text not null,                       -- 2026-11-24
    primary key (ward_id, staff_id, day)
);

-- The limit of a case that runs, beside cases.due_at. A case without a row has run
-- under the limit of its receipt since then.
create table casework.clocks (
    stream text not null check (stream in ('report', 'help')),
    case_id uuid not null,
    ward_id int not null references ward.wards,
    rule text not null,                      -- key of the limit, '' = none runs
    start_at timestamptz not null,           -- the limit is counted from then
    since_at timestamptz not null,           -- reminders are counted from then: start, end of a pause, extension
    held_at timestamptz,                     -- the end of a limit that stands still
    told int not null default 0,             -- percent of the last reminder
    extended int not null default 0,         -- days given in all
    paused timestamptz[] not null default '{}', -- beginnings of pauses
    resumed timestamptz[] not null default '{}',-- their ends; one fewer while it stands still
    primary key (stream, case_id),
    foreign key (stream, case_id) references casework.cases on delete cascade
) partition by list (stream);
create table casework.report_clocks partition of casework.clocks for values in ('report');
create table casework.help_clocks partition of casework.clocks for values in ('help');

alter table ward.clocks enable row level security;
alter table ward.calendar enable row level security;
alter table ward.calendar_checks enable row level security;
alter table ward.digests enable row level security;
create policy present_ward on ward.clocks to tinbao_desk using (ward_id = ward.present());
create policy present_ward on ward.calendar to tinbao_desk using (ward_id = ward.present());
create policy present_ward on ward.calendar_checks to tinbao_desk using (ward_id = ward.present());
create policy present_ward on ward.digests to tinbao_desk using (ward_id = ward.present());
grant select, insert on ward.clocks, ward.calendar, ward.calendar_checks to tinbao_desk;
grant select, insert, delete on ward.digests to tinbao_desk;

alter table casework.clocks enable row level security;
create policy reports on casework.clocks to tinbao_report using (stream = 'report' and ward_id = ward.present());
create policy help on casework.clocks to tinbao_help using (stream = 'help' and ward_id = ward.present());
create policy handed_over on casework.clocks to tinbao_police using (stream = 'report' and ward_id = ward.present()
    and exists (select from casework.cases c where c.stream = 'report' and c.id = case_id));
grant select, insert, update on casework.clocks to tinbao_report, tinbao_help;
grant select, insert on casework.clocks to tinbao_police;
grant update (rule, start_at, since_at, held_at, told, extended, paused, resumed) on casework.clocks to tinbao_police;
