-- +goose Up

-- What staff write down for the periodic report, each change a row of its own: the newest
-- version of an entry is the entry, the others are its history.
create table ward.register_entries (
    ward_id int not null references ward.wards,
    entry int not null,                      -- from 1 in each ward
    version int not null,                    -- from 1
    form text not null,                      -- which register; the same in all versions
    day date not null,                       -- of the event: what it counts by
    answers jsonb not null,                  -- days, choices, numbers and VND, never words
    sealed bytea not null,                   -- the answers in words, and why it counts no more
    void boolean not null default false,     -- it counts no more
    by_staff bigint references ward.staff,
    at timestamptz not null,
    primary key (ward_id, entry, version)
);
create index register_entries_day on ward.register_entries (ward_id, form, day);
grant select, insert, update (sealed) on ward.register_entries to tinbao_desk;
alter table ward.register_entries enable row level security;
create policy present_ward on ward.register_entries to tinbao_desk using (ward_id = ward.present());
create trigger refuse_retired before insert or update of sealed on ward.register_entries
    for each row execute function edge.refuse_retired('sealed');
