-- +goose Up

-- What a report is about, beside its kind: the behaviours, how grave it is, and who is
-- competent. Choices from lists, never words.
alter table casework.cases
    add column behaviours text[] not null default '{}',
    add column level text not null default '',
    add column competence text not null default '',
    add column named boolean not null default false; -- the sender was asked whether it may stay without a name
grant update (behaviours) on casework.cases to tinbao_police;
