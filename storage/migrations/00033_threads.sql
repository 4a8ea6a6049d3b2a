-- +goose Up

-- What a chat remembers of its cases: the numbers of the messages in which the ward wrote
-- to it, and what the person wrote. Both are sealed. The row stays until kept_until, which
-- is rounded so that it tells no moment.
alter table edge.chats
    add column spoken bytea,
    add column thread bytea,
    add column kept_until timestamptz;

-- +goose StatementBegin
create or replace function edge.refuse_retired_chat() returns trigger language plpgsql as $$
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
           or prefix = substr(new.spoken, 1, 5) and new.spoken is distinct from was.spoken
           or prefix = substr(new.thread, 1, 5) and new.thread is distinct from was.thread
    ) then
        raise exception 'sealed under a key that was replaced' using errcode = 'serialization_failure';
    end if;
    return new;
end $$;
-- +goose StatementEnd
drop trigger refuse_retired on edge.chats;
create trigger refuse_retired before insert or update of draft, back, code, spoken, thread on edge.chats
    for each row execute function edge.refuse_retired_chat();
