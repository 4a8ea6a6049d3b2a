-- +goose Up

-- One-time links to the dashboard. A link that was used is gone.
create table ward.dashboard_links (
    ward_id int not null references ward.wards,
    hash bytea not null,                     -- keyed hash of the token
    staff_id bigint not null references ward.staff on delete cascade,
    expires_at timestamptz not null,
    primary key (ward_id, hash)
);

-- Browsers in which the dashboard is open.
create table ward.dashboard_sessions (
    ward_id int not null references ward.wards,
    hash bytea not null,                     -- keyed hash of the cookie
    staff_id bigint not null references ward.staff on delete cascade,
    expires_at timestamptz not null,
    primary key (ward_id, hash)
);
create index dashboard_links_staff on ward.dashboard_links (staff_id);
create index dashboard_sessions_staff on ward.dashboard_sessions (staff_id);

-- Whatever shuts an account on the phone (a lock, /khoalai, a forgotten PIN, a new
-- invitation) shuts its browsers, too.
-- +goose StatementBegin
create function ward.shut_dashboard() returns trigger language plpgsql set search_path = '' as $$
begin
    delete from ward.dashboard_links where staff_id = new.id;
    delete from ward.dashboard_sessions where staff_id = new.id;
    return null;
end $$;
-- +goose StatementEnd
create trigger shut_dashboard after update on ward.staff
    for each row when (new.locked or new.open_until is null) execute function ward.shut_dashboard();

grant select, insert, delete on ward.dashboard_links, ward.dashboard_sessions to tinbao_desk;
-- +goose StatementBegin
do $$
declare tab text;
begin
    foreach tab in array array['ward.dashboard_links', 'ward.dashboard_sessions'] loop
        execute format('alter table %s enable row level security', tab);
        execute format('create policy present_ward on %s to tinbao_desk using (ward_id = ward.present())', tab);
    end loop;
end $$;
-- +goose StatementEnd
