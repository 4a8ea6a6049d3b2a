-- +goose Up

-- Which state of the keys each running program works with, told every few seconds.
create table edge.replicas (
    id uuid primary key,
    keys text not null,                      -- fingerprint, no key
    seen_at timestamptz not null             -- by the clock of the database
);
grant select, insert, update, delete on edge.replicas to tinbao_desk;

-- Keys that were replaced: nothing sealed under one is written any more. A program
-- that still tries is told to try again, which it does with the present keys.
create table edge.retired_keys (
    prefix bytea primary key                 -- beginning of what the key has sealed
);
grant select, insert on edge.retired_keys to tinbao_desk;

-- +goose StatementBegin
create function edge.refuse_retired() returns trigger language plpgsql as $$
declare
    sealed bytea;
begin
    case tg_argv[0]
        when 'payload' then sealed := new.payload;
        when 'draft' then sealed := new.draft;
        when 'back' then sealed := new.back;
        when 'name' then sealed := new.name;
        when 'route' then sealed := new.route;
        when 'case_key' then sealed := new.case_key;
        when 'sealed' then sealed := new.sealed;
    end case;
    perform pg_current_xact_id(); -- before the look, so that whoever waits for writers knows of this one
    if exists (select from edge.retired_keys where prefix = substr(sealed, 1, 5)) then
        raise exception 'sealed under a key that was replaced' using errcode = 'serialization_failure';
    end if;
    return new;
end $$;
-- +goose StatementEnd
create trigger refuse_retired before insert or update of payload on edge.updates
    for each row execute function edge.refuse_retired('payload');
create trigger refuse_retired_draft before insert or update of draft on edge.chats
    for each row execute function edge.refuse_retired('draft');
create trigger refuse_retired_back before insert or update of back on edge.chats
    for each row execute function edge.refuse_retired('back');
create trigger refuse_retired before insert or update of payload on edge.outbox
    for each row execute function edge.refuse_retired('payload');
create trigger refuse_retired_name before insert or update of name on ward.staff
    for each row execute function edge.refuse_retired('name');
create trigger refuse_retired_route before insert or update of route on ward.staff
    for each row execute function edge.refuse_retired('route');
create trigger refuse_retired before insert or update of name on ward.invites
    for each row execute function edge.refuse_retired('name');
create trigger refuse_retired before insert or update of case_key on casework.cases
    for each row execute function edge.refuse_retired('case_key');
create trigger refuse_retired before insert or update of sealed on casework.routes
    for each row execute function edge.refuse_retired('sealed');

-- A way back may be sealed anew by whoever may read it; the police may not.
grant update (sealed) on casework.routes to tinbao_report, tinbao_help;

-- The numbers of all wards, and nothing else about them: one key file may serve
-- several.
-- +goose StatementBegin
create function ward.numbers() returns setof int
    language sql stable security definer set search_path = ''
    begin atomic
        select id from ward.wards order by id;
    end;
-- +goose StatementEnd
revoke execute on function ward.numbers from public;
grant execute on function ward.numbers to tinbao_desk;
