-- +goose Up

-- A case whose key was destroyed cannot be read any more, here or in any copy that
-- is opened without an older copy of this row. Its number, steps and times stay for
-- the figures.
alter table casework.cases alter column case_key drop not null;
alter table casework.cases alter column receipt drop not null;
alter table casework.cases add column erased_at timestamptz;   -- the key was destroyed then
grant update on casework.talks to tinbao_report, tinbao_help; -- only ever to wipe a body, see the trigger

-- +goose StatementBegin
create function casework.wipe_only() returns trigger language plpgsql as $$
begin
    if new.body <> ''::bytea or (new.seq, new.at, new.from_staff, new.internal, new.by_staff) is distinct from (old.seq, old.at, old.from_staff, old.internal, old.by_staff) then
        raise exception 'a message may be wiped, not changed';
    end if;
    return new;
end $$;
-- +goose StatementEnd
create trigger wipe_only before update on casework.talks for each row execute function casework.wipe_only();
create index cases_kept on casework.cases (ward_id, ended_at) where ended_at is not null and erased_at is null;
