-- +goose Up

-- Who an account is, what role it has and whether it is locked, under a code that nobody makes
-- without the keys: rows that were changed by SQL count as locked. Null in rows of the release
-- before.
alter table ward.account_events add column bound bytea;
alter table ward.invites add column code bytea; -- over what an invitation opens, and who agreed
