-- +goose Up

-- What a person has chosen for a chat, sealed: a list of the own cases, and that messages
-- come as one neutral line. It is looked at again when chosen_until has passed, which is
-- rounded so that it tells no moment.
alter table edge.chats
    add column chosen bytea,
    add column chosen_until timestamptz;
create index chats_chosen on edge.chats (ward_id, chosen_until) where chosen_until is not null;

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
           or prefix = substr(new.chosen, 1, 5) and new.chosen is distinct from was.chosen
    ) then
        raise exception 'sealed under a key that was replaced' using errcode = 'serialization_failure';
    end if;
    return new;
end $$;

-- A program of the release before takes a row in which it knows of nothing for an empty one.
create function edge.keep_chosen() returns trigger language plpgsql as $$
begin
    return null;
end $$;
-- +goose StatementEnd
drop trigger refuse_retired on edge.chats;
create trigger refuse_retired before insert or update of draft, back, code, spoken, thread, chosen on edge.chats
    for each row execute function edge.refuse_retired_chat();
create trigger keep_chosen before delete on edge.chats for each row
    when (old.chosen is not null and current_user = 'tinbao_desk') execute function edge.keep_chosen();
