-- +goose Up

-- What the ward says of the periods of its reports and when they are due, from a moment
-- on; the newest counts. A report keeps the period and the due day it was opened with.
create table ward.report_settings (
    ward_id int not null references ward.wards,
    from_at timestamptz not null,
    half_month int not null,                 -- the last day of the first half of a year
    half_day int not null,
    year_month int not null,                 -- the last day of a year
    year_day int not null,
    half_due int not null,                   -- days after the close
    year_due int not null,
    other_due int not null,
    by_staff bigint not null references ward.staff,
    primary key (ward_id, from_at)
);

-- Templates that the ward made, each a row; the one used last counts. sealed null = back
-- to the one the program brings along.
create table ward.report_templates (
    ward_id int not null references ward.wards,
    version int not null check (version > 0),
    sealed bytea,                            -- sealed: a Word document with placeholders
    by_staff bigint not null references ward.staff,
    at timestamptz not null,
    used_at timestamptz,                     -- null = only tried
    primary key (ward_id, version)
);
create trigger refuse_retired before insert or update of sealed on ward.report_templates
    for each row execute function edge.refuse_retired('sealed');

-- Periodic reports and their corrections. An approved one never changes: its figures and
-- its template stay as they were then.
create table ward.reports (
    ward_id int not null references ward.wards,
    id int not null,                         -- from 1 in each ward
    type text not null check (type in ('half1', 'half2', 'year', 'adhoc', 'midterm', 'final')),
    year int not null,
    from_day date not null,
    to_day date not null,
    due date not null,
    root int not null,                       -- the report this corrects, or itself
    correction int not null default 0,       -- 0 = the report, n = its n-th correction
    state text not null default 'open' check (state in ('open', 'merged', 'approved', 'issued')),
    opened_at timestamptz not null,
    opened_by bigint references ward.staff,  -- null = it came by itself
    merged_at timestamptz,
    merged_by bigint references ward.staff,
    approved_at timestamptz,
    approved_by bigint references ward.staff,
    issued_at timestamptz,
    issued_by bigint references ward.staff,
    sealed bytea,                            -- sealed: the figures, once approved
    template int not null default 0,         -- version of the template, once approved; 0 = built in
    primary key (ward_id, id),
    unique (ward_id, root, correction),
    check ((approved_at is null) = (sealed is null))
);
-- A regular report of a year is there once.
create unique index reports_once on ward.reports (ward_id, type, year) where correction = 0 and type <> 'adhoc';
create trigger refuse_retired before insert or update of sealed on ward.reports
    for each row execute function edge.refuse_retired('sealed');

-- What a unit gives to a report besides its figures.
create table ward.report_parts (
    ward_id int not null,
    report int not null,
    unit text not null check (unit in ('officer', 'police', 'health')),
    sealed bytea,                            -- sealed: difficulties and proposals; null = nothing said yet
    returned_at timestamptz,                 -- null = not handed in
    by_staff bigint references ward.staff,
    primary key (ward_id, report, unit),
    foreign key (ward_id, report) references ward.reports
);
create trigger refuse_retired before insert or update of sealed on ward.report_parts
    for each row execute function edge.refuse_retired('sealed');

-- Which reminders of which report are on their way: each once.
create table ward.report_reminders (
    ward_id int not null,
    report int not null,
    mark int not null,                       -- working days before the report is due
    at timestamptz not null,
    primary key (ward_id, report, mark),
    foreign key (ward_id, report) references ward.reports
);

grant select, insert on ward.report_settings, ward.report_reminders to tinbao_desk;
grant select, insert, update on ward.report_templates, ward.reports, ward.report_parts to tinbao_desk;
-- +goose StatementBegin
do $$
declare tab text;
begin
    foreach tab in array array['ward.report_settings', 'ward.report_templates', 'ward.reports', 'ward.report_parts', 'ward.report_reminders'] loop
        execute format('alter table %s enable row level security', tab);
        execute format('create policy present_ward on %s to tinbao_desk using (ward_id = ward.present())', tab);
    end loop;
end $$;
-- +goose StatementEnd
