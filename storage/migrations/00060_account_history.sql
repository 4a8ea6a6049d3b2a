-- +goose Up

-- The history of accounts: one chain a ward, of which nothing is changed or removed. Names
-- stand in each row as they were at that moment.
create table ward.account_events (
    ward_id int not null references ward.wards,
    seq bigint not null check (seq > 0),     -- gapless
    at timestamptz not null,
    verb text not null,
    account bigint,                          -- ward.staff; null = an invitation that has opened none
    by_staff bigint,                         -- ward.staff; null = the command line, or the program itself
    role text not null,                      -- after the step
    role_before text not null default '',    -- '' = it did not change
    invite text not null default '',         -- names the invitation it is about, and opens nothing
    sealed bytea not null,                   -- names: of the account, before, of who did it
    code bytea not null,                     -- keyed, over the row before and all of this one
    primary key (ward_id, seq)
);
create index account_events_account on ward.account_events (ward_id, account, seq);
create trigger refuse_retired before insert or update of sealed on ward.account_events
    for each row execute function edge.refuse_retired('sealed');

-- Only the seal of a row may be replaced, when keys are.
-- +goose StatementBegin
create function ward.append_only() returns trigger language plpgsql set search_path = '' as $$
begin
    if tg_op = 'UPDATE' and to_jsonb(new) - 'sealed' = to_jsonb(old) - 'sealed' then
        return new;
    end if;
    raise exception 'the history is appended only';
end $$;
-- +goose StatementEnd
create trigger append_only before update or delete on ward.account_events
    for each row execute function ward.append_only();

alter table ward.account_events enable row level security;
create policy present_ward on ward.account_events to tinbao_desk using (ward_id = ward.present());
grant select, insert, update (sealed) on ward.account_events to tinbao_desk;

-- Rows of the history of a case name the rows of the history of accounts that said who
-- somebody was, and the number the case had. Null in rows of the release before.
alter table casework.events add column by_event bigint;     -- of by_staff
alter table casework.events add column whom_event bigint;   -- of the account in detail
alter table casework.events add column number int;          -- seq of the case

-- Anchors of reports cover the history of accounts, too.
alter table casework.anchors add column accounts bigint;    -- rows of it; null = it was set by the release before
