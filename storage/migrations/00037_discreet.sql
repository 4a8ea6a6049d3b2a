-- +goose Up

-- Messages that came to a chat as one neutral line. The words are sealed under the key of
-- their case and go with it; around them, under the key of the edge, is which case that is.
create table edge.discreet (
    id uuid not null,
    ward_id int not null,
    who bytea not null,
    body bytea not null,
    kept_until timestamptz not null, -- rounded
    primary key (ward_id, id)
);
create index discreet_who on edge.discreet (ward_id, who);
create index discreet_until on edge.discreet (ward_id, kept_until);
alter table edge.discreet enable row level security;
grant select, insert, update, delete on edge.discreet to tinbao_desk;
create policy present_ward on edge.discreet to tinbao_desk using (ward_id = ward.present());

-- +goose StatementBegin
create function edge.refuse_retired_discreet() returns trigger language plpgsql as $$
begin
    perform pg_current_xact_id(); -- before the look, so that whoever waits for writers knows of this one
    if exists (select from edge.retired_keys where prefix = substr(new.body, 1, 5)) then
        raise exception 'sealed under a key that was replaced' using errcode = 'serialization_failure';
    end if;
    return new;
end $$;
-- +goose StatementEnd
create trigger refuse_retired before insert or update of body on edge.discreet
    for each row execute function edge.refuse_retired_discreet();
