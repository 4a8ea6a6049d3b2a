-- +goose Up

-- The directory of services, each change a row of its own: the newest version of an
-- entry is the entry, the others are its history.
create table ward.services (
    ward_id int not null references ward.wards,
    entry int not null,                      -- from 1 in each ward
    version int not null,                    -- from 1
    at timestamptz not null,
    by_staff bigint references ward.staff,
    service text not null,                   -- one of the seven of the plan (4.2)
    free boolean not null,
    youth boolean not null,
    shown boolean not null,                  -- residents see it
    sealed bytea not null,                   -- name, place, hours, phone
    primary key (ward_id, entry, version)
);
grant select, insert, update (sealed) on ward.services to tinbao_desk;
alter table ward.services enable row level security;
create policy present_ward on ward.services to tinbao_desk using (ward_id = ward.present());
create trigger refuse_retired before insert or update of sealed on ward.services
    for each row execute function edge.refuse_retired('sealed');

-- Where people were referred to. The words, place and time of the appointment, are a
-- message of the case.
create table casework.meetings (
    stream text not null check (stream = 'help'),
    case_id uuid not null,
    talk int not null,                       -- number of the message
    ward_id int not null references ward.wards,
    entry int not null,                      -- of the directory; 0 = none
    dated boolean not null,                  -- there is an appointment
    answer text not null default '',         -- what the person said to it
    remind_at timestamptz,                   -- null = no reminder, or it was sent
    primary key (stream, case_id, talk),
    foreign key (stream, case_id) references casework.cases
);
create index meetings_remind on casework.meetings (ward_id, remind_at) where remind_at is not null;

-- When people are asked how it goes.
create table casework.follow_ups (
    stream text not null check (stream = 'help'),
    case_id uuid not null,
    days int not null,                       -- after the first contact or the acceptance
    ward_id int not null references ward.wards,
    due_at timestamptz not null,
    asked_at timestamptz,                    -- null = not yet; every question is asked once
    answer text not null default '',
    answered_at timestamptz,
    primary key (stream, case_id, days),
    foreign key (stream, case_id) references casework.cases
);
create index follow_ups_due on casework.follow_ups (ward_id, due_at) where asked_at is null;

grant select, insert, update on casework.meetings to tinbao_help;
grant select, insert, update, delete on casework.follow_ups to tinbao_help;

-- The support worker a transaction works for sees what was given to that worker, and
-- what nobody has been given of the services of the support team. The setting is the
-- number of the worker, a colon, and these services; without it there is no such limit.
create function ward.support() returns bigint language sql stable parallel safe
    return nullif(split_part(current_setting('tinbao.support', true), ':', 1), '')::bigint;
revoke execute on function ward.support from public;
grant execute on function ward.support to tinbao_help;
create policy own_referrals on casework.cases as restrictive to tinbao_help
    using (ward.support() is null or assignee = ward.support()
        or assignee is null and wanted = any(string_to_array(split_part(current_setting('tinbao.support', true), ':', 2), ',')))
    with check (true);

-- +goose StatementBegin
do $$
declare tab text;
begin
    foreach tab in array array['meetings', 'follow_ups'] loop
        execute format('alter table casework.%I enable row level security', tab);
        execute format('create policy help on casework.%I to tinbao_help using (stream = ''help'' and ward_id = ward.present())', tab);
    end loop;
    foreach tab in array array['routes', 'talks', 'events', 'files', 'meetings', 'follow_ups'] loop
        execute format('create policy own_referrals on casework.%I as restrictive to tinbao_help
            using (ward.support() is null or exists (select from casework.cases c where c.stream = ''help'' and c.id = case_id))
            with check (true)', tab);
    end loop;
end $$;
-- +goose StatementEnd
