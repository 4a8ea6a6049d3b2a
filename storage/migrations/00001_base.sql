-- +goose Up

-- Three rooms: what is not yet a case (edge), who works where (ward), and the
-- cases themselves (casework). Jobs live in a schema of their own (river).
create schema edge;
create schema ward;
create schema casework;
create schema river;

-- The program works under one of these roles, never as the owner of the tables.
-- desk    reads updates, drafts, accounts; no case
-- report  desk + reports
-- police  desk + reports that were handed to the police
-- help    desk + requests for help
-- Roles belong to the server. Where they are already, an account that is a member of them
-- needs no right to make any.
-- +goose StatementBegin
do $$
declare name text;
begin
    foreach name in array array['tinbao_desk', 'tinbao_report', 'tinbao_police', 'tinbao_help'] loop
        begin
            if to_regrole(name) is null then
                execute format('create role %I nologin', name);
            end if;
        exception
            when duplicate_object or unique_violation then null;
            when insufficient_privilege then
                raise exception 'the role % is missing and % may not make it; let an administrator say: create role tinbao_desk; create role tinbao_report in role tinbao_desk; create role tinbao_police in role tinbao_desk; create role tinbao_help in role tinbao_desk; grant tinbao_desk, tinbao_report, tinbao_police, tinbao_help to %',
                    name, current_user, current_user using errcode = 'insufficient_privilege';
        end;
        if name <> 'tinbao_desk' and not pg_has_role(name, 'tinbao_desk', 'member') then
            execute format('grant tinbao_desk to %I', name);
        end if;
        if not pg_has_role(current_user, name, 'member') then
            execute format('grant %I to current_user', name);
        end if;
    end loop;
end $$;
-- +goose StatementEnd

-- The ward a connection works for. Row security compares with it.
-- +goose StatementBegin
create function ward.present() returns int language sql stable parallel safe
    return nullif(current_setting('tinbao.ward', true), '')::int;
-- +goose StatementEnd

create table ward.wards (
    id int primary key,
    name text not null,
    reception text not null default '',      -- where a named complaint is handed in, '' = not set
    hamlets text[] not null default '{}',    -- names of the tổ dân phố; the number is the place from 1
    phones jsonb not null default '{}'       -- police, health, office; missing = not shown
);

create table ward.staff (
    id bigint generated always as identity primary key,
    ward_id int not null references ward.wards,
    who bytea not null,                      -- keyed hash of the chat
    role text not null,
    name bytea not null,                     -- sealed
    route bytea not null,                    -- sealed way back
    locked boolean not null default false,
    made_at timestamptz not null,
    unique (ward_id, who)
);

create table ward.invites (
    hash bytea primary key,                  -- keyed hash of the token in the link
    ward_id int not null references ward.wards,
    role text not null,
    name bytea not null,                     -- sealed
    by_staff bigint references ward.staff,   -- null = made on the command line
    expires_at timestamptz not null,
    used_at timestamptz
);

-- Updates as Telegram gave them. Telegram forgets one only after it is here.
create table edge.updates (
    bot_id bigint not null,                  -- numbers of updates are per bot
    update_id bigint not null,
    ward_id int not null references ward.wards,
    state text not null default 'waiting' check (state in ('waiting', 'done', 'set_aside')),
    lane bytea,                              -- keyed hash of the chat; null once done
    payload bytea,                           -- sealed; null once done
    attempts int not null default 0,
    fault text not null default '',          -- kind of the last failure, no content
    not_before timestamptz not null,
    kept_at timestamptz not null,
    done_at timestamptz,
    primary key (bot_id, update_id)
);
create index updates_waiting on edge.updates (bot_id, update_id) where state = 'waiting';
create index updates_lane on edge.updates (bot_id, lane, update_id) where state = 'waiting';
create index updates_done on edge.updates (done_at) where state = 'done';

-- One row a chat with an open dialog or a language of its own.
create table edge.chats (
    ward_id int not null references ward.wards,
    who bytea not null,                      -- keyed hash of the chat
    lang text not null,
    draft bytea,                             -- sealed; null = no dialog is open
    back bytea,                              -- sealed way back, only beside a draft
    touched_at timestamptz not null,
    primary key (ward_id, who)
);
create index chats_quiet on edge.chats (touched_at);

-- Messages on their way out. A delivered one is deleted.
create table edge.outbox (
    id bigint generated always as identity primary key,
    ward_id int not null references ward.wards,
    lane bytea not null,                     -- messages of one lane are delivered in order of id
    slot text,                               -- a waiting message of the same slot is replaced
    payload bytea not null,                  -- sealed: chat, call and case
    attempts int not null default 0,
    not_before timestamptz not null,
    leased_until timestamptz,                -- somebody delivers it until then
    queued_at timestamptz not null,
    failed_at timestamptz,                   -- given up; the lane goes on without it
    fault text not null default ''           -- why, in Telegram's number, no content
);
create index outbox_lane on edge.outbox (lane, id) where failed_at is null;
create unique index outbox_slot on edge.outbox (lane, slot)
    where slot is not null and leased_until is null and failed_at is null;

-- Numbers of cases: gapless in each ward, stream and year.
create table casework.counters (
    stream text not null check (stream in ('report', 'help')),
    ward_id int not null references ward.wards,
    year int not null,
    last int not null,
    primary key (stream, ward_id, year)
);

-- A case. Every sealed column is under case_key, which is wrapped by the keyset
-- of the stream; without it nothing about the case can be read.
create table casework.cases (
    stream text not null check (stream in ('report', 'help')),
    id uuid not null,
    ward_id int not null references ward.wards,
    year int not null,
    seq int not null,
    receipt bytea not null,                  -- keyed hash
    case_key bytea not null,                 -- wrapped
    content bytea not null,                  -- sealed
    source text not null,
    status text not null,
    urgent boolean not null,
    concern text not null default '',        -- report: choice from the plain-words menu
    wanted text not null default '',         -- help: service asked for
    hamlet int not null default 0,           -- 0 = not told
    finding text not null default '',
    kind text not null default '',
    confirmed boolean not null default false,-- a criminal kind was set by the police
    service text not null default '',        -- help: service referred to
    version int not null default 1,          -- a button made for an older one is refused
    events int not null default 0,           -- rows in casework.events
    head bytea not null,                     -- hash of the last of them
    assignee bigint references ward.staff,
    lease_until timestamptz,                 -- the assignee has it to himself until then
    received_at timestamptz not null,
    due_at timestamptz,                      -- null = no limit runs
    verified_at timestamptz,
    classified_at timestamptz,
    forwarded_at timestamptz,
    ended_at timestamptz,
    late boolean not null default false,     -- a step was finished after its limit
    silent boolean not null default false,   -- the person cannot be reached
    primary key (stream, id),
    unique (stream, ward_id, year, seq),
    unique (stream, receipt)
) partition by list (stream);
create table casework.report_cases partition of casework.cases for values in ('report');
create table casework.help_cases partition of casework.cases for values in ('help');
create index cases_open on casework.cases (ward_id, urgent desc, due_at, received_at) where ended_at is null;
create index cases_ended on casework.cases (ward_id, ended_at desc) where ended_at is not null;
create index cases_received on casework.cases (ward_id, received_at);

-- Ways back to the people who wait for news of a case.
create table casework.routes (
    stream text not null check (stream in ('report', 'help')),
    case_id uuid not null,
    ward_id int not null references ward.wards,
    sealed bytea not null,
    made_at timestamptz not null,
    foreign key (stream, case_id) references casework.cases
) partition by list (stream);
create table casework.report_routes partition of casework.routes for values in ('report');
create table casework.help_routes partition of casework.routes for values in ('help');
create index routes_case on casework.routes (case_id);

-- Messages between staff and the person, and notes among staff.
create table casework.talks (
    stream text not null check (stream in ('report', 'help')),
    case_id uuid not null,
    seq int not null,
    ward_id int not null references ward.wards,
    at timestamptz not null,
    from_staff boolean not null,
    internal boolean not null,
    by_staff bigint references ward.staff,
    body bytea not null,                     -- sealed
    primary key (stream, case_id, seq),
    foreign key (stream, case_id) references casework.cases
) partition by list (stream);
create table casework.report_talks partition of casework.talks for values in ('report');
create table casework.help_talks partition of casework.talks for values in ('help');

-- The history of a case, appended only. Each row's hash covers the row and the
-- hash before it; the last one stands in cases.head.
create table casework.events (
    stream text not null check (stream in ('report', 'help')),
    case_id uuid not null,
    seq int not null,
    ward_id int not null references ward.wards,
    at timestamptz not null,
    verb text not null,
    from_status text not null,
    to_status text not null,
    by_staff bigint references ward.staff,   -- null = the person or the system
    detail text not null,                    -- finding, kind or service; never words
    hash bytea not null,
    primary key (stream, case_id, seq),
    foreign key (stream, case_id) references casework.cases
) partition by list (stream);
create table casework.report_events partition of casework.events for values in ('report');
create table casework.help_events partition of casework.events for values in ('help');

-- Files of a case. source opens the file at Telegram until it is fetched.
create table casework.files (
    stream text not null check (stream in ('report', 'help')),
    id uuid not null,
    case_id uuid not null,
    ward_id int not null references ward.wards,
    n int not null,                          -- from 1 in the order they were sent
    kind text not null,
    state text not null check (state in ('waiting', 'stored', 'refused')),
    fault text not null default '',          -- locale key of why it was refused
    mime text not null default '',
    size bigint not null default 0,          -- bytes after cleaning
    sha256 bytea,                            -- of the cleaned bytes
    source bytea,                            -- sealed; null once fetched
    body bytea,                              -- sealed; null until fetched
    offered_at timestamptz not null,
    primary key (stream, id),
    foreign key (stream, case_id) references casework.cases
) partition by list (stream);
create table casework.report_files partition of casework.files for values in ('report');
create table casework.help_files partition of casework.files for values in ('help');
alter table casework.report_files alter column body set storage external; -- sealed bytes do not compress
alter table casework.help_files alter column body set storage external;
create index files_case on casework.files (case_id);

-- Who may reach what. The desk sees no case; report and help see one stream of
-- the present ward each; the police see what was handed to them.
grant usage on schema edge, ward, casework, river to tinbao_desk;
grant select on ward.wards to tinbao_desk;
grant select, insert, update on ward.staff to tinbao_desk;
grant select, insert, update, delete on ward.invites to tinbao_desk;
grant select, insert, update, delete on edge.updates, edge.chats, edge.outbox to tinbao_desk;
alter default privileges in schema river grant select, insert, update, delete, truncate on tables to tinbao_desk;
alter default privileges in schema river grant usage, select on sequences to tinbao_desk;

grant select, insert, update on casework.cases, casework.files, casework.counters to tinbao_report, tinbao_help;
grant select, insert, delete on casework.routes to tinbao_report, tinbao_help;
grant select, insert on casework.talks, casework.events to tinbao_report, tinbao_help;
grant select, update on casework.cases to tinbao_police;
grant select on casework.files, casework.routes to tinbao_police;
grant select, insert on casework.talks, casework.events to tinbao_police;

alter table ward.staff enable row level security;
alter table ward.invites enable row level security;
alter table ward.wards enable row level security;
create policy present_ward on ward.staff to tinbao_desk using (ward_id = ward.present());
create policy present_ward on ward.invites to tinbao_desk using (ward_id = ward.present());
create policy present_ward on ward.wards to tinbao_desk using (id = ward.present());

-- +goose StatementBegin
do $$
declare tab text;
begin
    foreach tab in array array['cases', 'routes', 'talks', 'events', 'files', 'counters'] loop
        execute format('alter table casework.%I enable row level security', tab);
        execute format('create policy reports on casework.%I to tinbao_report using (stream = ''report'' and ward_id = ward.present())', tab);
        execute format('create policy help on casework.%I to tinbao_help using (stream = ''help'' and ward_id = ward.present())', tab);
    end loop;
    foreach tab in array array['routes', 'talks', 'events', 'files'] loop
        execute format('create policy handed_over on casework.%I to tinbao_police using (stream = ''report'' and ward_id = ward.present()
            and exists (select from casework.cases c where c.stream = ''report'' and c.id = case_id))', tab);
    end loop;
end $$;
-- +goose StatementEnd
create policy handed_over on casework.cases to tinbao_police
    using (stream = 'report' and ward_id = ward.present() and forwarded_at is not null);

-- How many requests for help came in: one number, for figures that may show it.
-- +goose StatementBegin
create function casework.help_count(since timestamptz, until timestamptz) returns bigint
    language sql stable security definer set search_path = ''
    return (select count(*) from casework.cases
            where stream = 'help' and ward_id = ward.present() and received_at >= since and received_at < until);
-- +goose StatementEnd
revoke execute on function casework.help_count from public;
grant execute on function casework.help_count to tinbao_report, tinbao_help;
