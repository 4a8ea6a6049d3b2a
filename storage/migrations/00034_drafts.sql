-- +goose Up

-- When a draft that was left alone is looked at again; null = as soon as it was left alone
-- long enough. A program of the release before leaves a time that passes within minutes.
alter table edge.chats add column look_at timestamptz;
