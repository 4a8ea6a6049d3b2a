-- +goose Up

-- What the police get of a report can be covered before it is handed over. The covered
-- copy then stands where the police read (cases.content, files.body); what was written
-- stands here, where the role of the police has no right at all. Only reports are handed
-- over, so there are no rows of help.
create table casework.originals (
    stream text not null check (stream = 'report'),
    case_id uuid not null,
    ward_id int not null references ward.wards,
    part text not null check (part in ('content', 'file', 'marks')), -- marks: what is being chosen, not yet covered
    ref text not null default '',            -- id of the file
    body bytea not null,                     -- sealed
    primary key (stream, case_id, part, ref),
    foreign key (stream, case_id) references casework.cases
);
alter table casework.originals alter column body set storage external;

-- A covered copy of a message. The message itself is never rewritten; the police do not
-- see one that has a copy.
create table casework.covered_talks (
    stream text not null check (stream = 'report'),
    case_id uuid not null,
    seq int not null,                        -- of the message
    ward_id int not null references ward.wards,
    at timestamptz not null,                 -- when the message came
    body bytea not null,                     -- sealed
    primary key (stream, case_id, seq),
    foreign key (stream, case_id, seq) references casework.talks (stream, case_id, seq)
);

grant select, insert, update, delete on casework.originals, casework.covered_talks to tinbao_report;
grant select on casework.covered_talks to tinbao_police;
alter table casework.originals enable row level security;
alter table casework.covered_talks enable row level security;
create policy reports on casework.originals to tinbao_report using (stream = 'report' and ward_id = ward.present());
create policy reports on casework.covered_talks to tinbao_report using (stream = 'report' and ward_id = ward.present());
create policy handed_over on casework.covered_talks to tinbao_police using (stream = 'report' and ward_id = ward.present()
    and exists (select from casework.cases c where c.stream = 'report' and c.id = case_id));
alter policy handed_over on casework.talks using (stream = 'report' and ward_id = ward.present()
    and exists (select from casework.cases c where c.stream = 'report' and c.id = talks.case_id)
    and not exists (select from casework.covered_talks k where k.stream = 'report' and k.case_id = talks.case_id and k.seq = talks.seq));

-- What waits to be acknowledged, for the reminder.
create index cases_forwarded on casework.report_cases (ward_id, id) where status = 'forwarded';
