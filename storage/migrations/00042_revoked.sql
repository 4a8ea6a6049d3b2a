-- +goose Up

alter table ward.staff add column opened_at timestamptz;                      -- when the PIN was typed that opened the session
alter table ward.invites add column second boolean not null default false;    -- opens nothing before a second person agreed
alter table ward.invites add column agreed_by bigint; -- ward.staff
grant update (agreed_by) on ward.invites to tinbao_desk;
grant delete on ward.invites to tinbao_desk;

-- Whatever takes an account its rights, a lock or another role, ends what it made and what
-- others hold in its name.
-- +goose StatementBegin
create function ward.revoke_staff() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    delete from ward.absences where ward_id = new.ward_id and (staff = new.id or stand_in = new.id);
    delete from ward.invites where ward_id = new.ward_id and by_staff = new.id and used_at is null;
    update ward.invites set agreed_by = null where ward_id = new.ward_id and agreed_by = new.id and used_at is null;
    delete from ward.dashboard_links where staff_id = new.id;
    delete from ward.dashboard_sessions where staff_id = new.id;
    update edge.chats set draft = null, back = null, look_at = null where ward_id = new.ward_id and who = new.who;
    return null;
end $$;
-- +goose StatementEnd
create trigger revoke_staff after update on ward.staff
    for each row when (new.locked and not old.locked or new.role <> old.role) execute function ward.revoke_staff();
revoke all on function ward.revoke_staff from public;

-- An account that is locked is opened by nobody's invitation, also by a program of the
-- release before.
-- +goose StatementBegin
create function ward.stay_locked() returns trigger language plpgsql set search_path = '' as $$
begin
    if old.locked and not new.locked and (new.role, new.name, new.route) is distinct from (old.role, old.name, old.route) then
        raise exception 'a locked account is opened by unlocking it, and by nothing else' using errcode = '42501';
    end if;
    return new;
end $$;
-- +goose StatementEnd
create trigger stay_locked before update on ward.staff for each row execute function ward.stay_locked();
