-- +goose Up

-- How often things happened, when Redis cannot count. Names change daily; a crash may
-- forget the counts.
create unlogged table edge.meters (
    ward_id int not null,
    name text not null,
    n int not null,
    until timestamptz not null,
    primary key (ward_id, name)
);
grant select, insert, update, delete on edge.meters to tinbao_desk;

-- Chats whose reports are put apart for a while. No case is named, and no account.
create table edge.mutes (
    ward_id int not null references ward.wards,
    who bytea not null,                      -- keyed hash of the chat
    until timestamptz not null,
    primary key (ward_id, who)
);
grant select, insert, update, delete on edge.mutes to tinbao_desk;

-- A receipt can be shown again for some minutes in the chat that got it.
alter table edge.chats
    add column code bytea,                   -- sealed
    add column code_until timestamptz;

-- A report that was put apart, because it looks like one of a flood or like nothing.
-- It keeps its number, limits and place in the figures; whoever takes it brings it back.
alter table casework.cases add column apart boolean not null default false;
drop index casework.cases_open;
create index cases_open on casework.cases (ward_id, apart, urgent desc, due_at, received_at) where ended_at is null;
