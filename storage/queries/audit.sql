-- name: AuditCases :many
-- Heads of histories, in a fixed order, a batch at a time.
select c.id, c.year, c.seq, c.events, c.head from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.id > @after
order by c.id
limit @most;

-- name: AuditEvents :many
select case_id, seq, at, verb, from_status, to_status, by_staff, detail, hash, by_event, whom_event, number from casework.events
where stream = @stream and ward_id = @ward_id and case_id = any(@cases::uuid[])
order by case_id, seq;

-- name: AuditCounters :many
-- Years whose numbers have a gap: a case was removed.
select n.year, n.last, count(c.id) as present
from casework.counters n
left join casework.cases c on c.stream = n.stream and c.ward_id = n.ward_id and c.year = n.year
where n.stream = @stream and n.ward_id = @ward_id
group by n.year, n.last
order by n.year;

-- name: AddAnchor :exec
insert into casework.anchors (stream, ward_id, at, rows, code, n, previous, accounts) values (@stream, @ward_id, @at, @rows, @code, @n, @previous, sqlc.narg(accounts))
on conflict do nothing;

-- name: Anchors :many
select at, rows, code, coalesce(n, 0)::bigint as n, previous, coalesce(accounts, 0)::bigint as accounts from casework.anchors where stream = @stream and ward_id = @ward_id order by at;

-- name: LastAnchor :one
select at, code, coalesce(n, 0)::bigint as n from casework.anchors where stream = @stream and ward_id = @ward_id order by at desc limit 1;

-- name: HistoryPage :many
-- The history of all cases of a stream, newest first. No more than @most rows are counted.
select c.year, c.seq, e.at, e.verb, e.from_status, e.to_status, e.by_staff, e.detail, e.by_event, e.whom_event,
       (select count(*) from (select from casework.events n
                              where n.stream = @stream and n.ward_id = @ward_id
                              order by n.at desc
                              limit @most::int) as newest)::bigint as total
from casework.events e
join casework.cases c on c.stream = e.stream and c.ward_id = e.ward_id and c.id = e.case_id
where e.stream = @stream and e.ward_id = @ward_id
order by e.at desc, c.seq desc, e.seq desc
limit @size offset @skip;
