-- +goose Up

-- Anchors are numbered, and each is bound to the one before, so that none can be taken away
-- unnoticed. previous is null for those that a program of the release before set.
alter table casework.anchors add column n bigint;
alter table casework.anchors add column previous bytea;
update casework.anchors a set n = b.n
from (select stream, ward_id, at, row_number() over (partition by stream, ward_id order by at) as n from casework.anchors) b
where b.stream = a.stream and b.ward_id = a.ward_id and b.at = a.at;
create unique index anchors_number on casework.anchors (stream, ward_id, n);
