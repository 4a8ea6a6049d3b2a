-- +goose Up

-- PINs and receipts kept to be shown again are sealed under keys that rotate, too.
-- +goose StatementBegin
create or replace function edge.refuse_retired() returns trigger language plpgsql as $$
declare
    sealed bytea;
begin
    case tg_argv[0]
        when 'payload' then sealed := new.payload;
        when 'draft' then sealed := new.draft;
        when 'back' then sealed := new.back;
        when 'code' then sealed := new.code;
        when 'name' then sealed := new.name;
        when 'route' then sealed := new.route;
        when 'pin' then sealed := new.pin;
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
create trigger refuse_retired_code before insert on edge.chats
    for each row execute function edge.refuse_retired('code');
-- A code that stays as it is may wait for its turn to be sealed anew.
create trigger refuse_retired_other_code before update of code on edge.chats
    for each row when (new.code is distinct from old.code) execute function edge.refuse_retired('code');
create trigger refuse_retired_pin before insert or update of pin on ward.staff
    for each row execute function edge.refuse_retired('pin');
