-- +goose Up

-- The second factor of staff. The PIN's hash is sealed besides, because a PIN of six
-- digits is soon guessed by whoever has the hash.
alter table ward.staff
    add column pin bytea,                            -- sealed; null = none chosen yet
    add column wrong int not null default 0,         -- wrong PINs in a row
    add column barred_until timestamptz,             -- no PIN is taken before
    add column open_until timestamptz,               -- commands work until then, and longer when used
    add column newest int not null default 0;        -- about the newest message of the chat

-- An ended case is opened again by two people: who asked, and when.
alter table casework.cases
    add column reopen_by bigint references ward.staff,
    add column reopen_at timestamptz;
