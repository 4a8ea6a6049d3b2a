-- +goose Up

-- Reports that tell of the same as another: which one, and where they stood before.
-- A row holds while its report has the status duplicate; words are not kept here.
create table casework.merges (
    stream text not null default 'report' check (stream = 'report'), -- requests for help are never put together
    case_id uuid not null,
    ward_id int not null references ward.wards,
    into_id uuid not null,
    from_status text not null,
    made_at timestamptz not null,
    primary key (stream, case_id),
    foreign key (stream, case_id) references casework.cases,
    foreign key (stream, into_id) references casework.cases
);
create index merges_into on casework.merges (into_id);
grant select, insert, update on casework.merges to tinbao_report;
grant select on casework.merges to tinbao_police;
alter table casework.merges enable row level security;
create policy reports on casework.merges to tinbao_report using (stream = 'report' and ward_id = ward.present());
-- Of two reports the police know when both were handed to them.
create policy handed_over on casework.merges to tinbao_police using (stream = 'report' and ward_id = ward.present()
    and exists (select from casework.cases c where c.stream = 'report' and c.id = case_id)
    and exists (select from casework.cases c where c.stream = 'report' and c.id = into_id));
