-- +goose Up

-- Who is away, and who stands in. One absence an account: a new one takes the place
-- of the one before.
create table ward.absences (
    ward_id int not null references ward.wards,
    staff bigint not null references ward.staff,
    stand_in bigint not null references ward.staff,
    since timestamptz not null,
    until timestamptz not null,              -- it ends by itself
    primary key (ward_id, staff),
    check (since < until and staff <> stand_in)
);
alter table ward.absences enable row level security;
create policy present_ward on ward.absences to tinbao_desk using (ward_id = ward.present());
grant select, insert, update, delete on ward.absences to tinbao_desk;

-- Who wants to be reminded of a case, and when; gone once it is sent.
create table casework.reminders (
    stream text not null check (stream in ('report', 'help')),
    case_id uuid not null,
    ward_id int not null references ward.wards,
    staff bigint not null references ward.staff,
    at timestamptz not null,
    primary key (stream, case_id, staff),
    foreign key (stream, case_id) references casework.cases
);
create index reminders_due on casework.reminders (ward_id, at);

-- Whom a note calls on; shown to that person until the case was looked at.
create table casework.mentions (
    stream text not null check (stream in ('report', 'help')),
    case_id uuid not null,
    ward_id int not null references ward.wards,
    staff bigint not null references ward.staff,
    at timestamptz not null,
    primary key (stream, case_id, staff),
    foreign key (stream, case_id) references casework.cases
);
create index mentions_staff on casework.mentions (ward_id, staff);

-- What a person thought of how a case was dealt with, once a case.
create table casework.ratings (
    stream text not null check (stream in ('report', 'help')),
    case_id uuid not null,
    ward_id int not null references ward.wards,
    at timestamptz not null,
    stars int not null check (stars between 1 and 5),
    words bytea,                             -- sealed under the key of the case; null = none
    primary key (stream, case_id),
    foreign key (stream, case_id) references casework.cases
);
create index ratings_time on casework.ratings (ward_id, at);

-- Ready answers of the staff of a stream.
create table casework.canned (
    stream text not null check (stream in ('report', 'help')),
    id uuid primary key,
    ward_id int not null references ward.wards,
    status text not null,                    -- offered in it; '' = in every one
    sealed bytea not null,
    made_at timestamptz not null
);
create index canned_stream on casework.canned (stream, ward_id, made_at);
create trigger refuse_retired before insert or update of sealed on casework.canned
    for each row execute function edge.refuse_retired('sealed');

-- Files that staff send to the person; null = from the person.
alter table casework.files add column by_staff bigint references ward.staff;

-- +goose StatementBegin
do $$
declare tab text;
begin
    foreach tab in array array['reminders', 'mentions', 'ratings', 'canned'] loop
        execute format('alter table casework.%I enable row level security', tab);
        execute format('create policy reports on casework.%I to tinbao_report using (stream = ''report'' and ward_id = ward.present())', tab);
        execute format('create policy help on casework.%I to tinbao_help using (stream = ''help'' and ward_id = ward.present())', tab);
        execute format('grant select, insert, update, delete on casework.%I to tinbao_report, tinbao_help', tab);
    end loop;
    foreach tab in array array['reminders', 'mentions'] loop
        execute format('create policy handed_over on casework.%I to tinbao_police using (stream = ''report'' and ward_id = ward.present()
            and exists (select from casework.cases c where c.stream = ''report'' and c.id = case_id))', tab);
        execute format('grant select, insert, update, delete on casework.%I to tinbao_police', tab);
    end loop;
end $$;
-- +goose StatementEnd
