-- +goose Up

-- Messages are delivered by the couriers of the replicas and need no jobs any more. The
-- queue's own tables are not there yet when a database is new.
-- +goose StatementBegin
do $$
begin
    if to_regclass('river.river_job') is not null then
        delete from river.river_job where kind in ('deliver', 'revive') and state <> 'running';
    end if;
end $$;
-- +goose StatementEnd

-- Rows of the edge come and go with every update. That their ward is the present one is
-- what their policies hold; looking it up again cost each row a lock of the one row of
-- the ward, which all of them share.
alter table edge.updates drop constraint updates_ward_id_fkey;
alter table edge.chats drop constraint chats_ward_id_fkey;
alter table edge.outbox drop constraint outbox_ward_id_fkey;

-- One look at the retired keys for all that is sealed in the row of a chat. What stays as
-- it is waits for its turn to be sealed anew.
-- +goose StatementBegin
create function edge.refuse_retired_chat() returns trigger language plpgsql as $$
declare
    was edge.chats;
begin
    if tg_op = 'UPDATE' then
        was := old;
    end if;
    perform pg_current_xact_id(); -- before the look, so that whoever waits for writers knows of this one
    if exists (
        select from edge.retired_keys
        where prefix = substr(new.draft, 1, 5) and new.draft is distinct from was.draft
           or prefix = substr(new.back, 1, 5) and new.back is distinct from was.back
           or prefix = substr(new.code, 1, 5) and new.code is distinct from was.code
    ) then
        raise exception 'sealed under a key that was replaced' using errcode = 'serialization_failure';
    end if;
    return new;
end $$;
-- +goose StatementEnd
drop trigger refuse_retired_draft on edge.chats;
drop trigger refuse_retired_back on edge.chats;
drop trigger refuse_retired_code on edge.chats;
drop trigger refuse_retired_other_code on edge.chats;
create trigger refuse_retired before insert or update of draft, back, code on edge.chats
    for each row execute function edge.refuse_retired_chat();
