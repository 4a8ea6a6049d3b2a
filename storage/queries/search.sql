-- name: SearchHorizon :one
-- Where looking into a register ends: when the case was received that has so many newer ones.
select c.received_at from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id
  and c.received_at >= @since::timestamptz and c.received_at < @until::timestamptz
order by c.received_at desc
limit 1 offset @most;

-- name: Search :many
-- Cases by what stands in clear, the newest first: what was received since the horizon, and
-- what is open from before. content is given only of those whose words may be looked into;
-- with @shut_too false what has ended is left out.
with looked as (
    select n.id, n.year, n.seq, n.status, n.finding, n.kind, n.urgent, n.concern, n.wanted, n.hamlet, n.received_at, n.due_at, n.lease_until, n.assignee, n.ended_at, n.case_key, n.content
    from casework.cases n
    where n.stream = @stream and n.ward_id = @ward_id and @shut_too::bool and n.ended_at is not null
      and n.received_at > @horizon::timestamptz and n.received_at >= @since::timestamptz and n.received_at < @until::timestamptz
    union all
    select o.id, o.year, o.seq, o.status, o.finding, o.kind, o.urgent, o.concern, o.wanted, o.hamlet, o.received_at, o.due_at, o.lease_until, o.assignee, o.ended_at, o.case_key, o.content
    from casework.cases o
    where o.stream = @stream and o.ward_id = @ward_id and o.ended_at is null
      and o.received_at >= @since::timestamptz and o.received_at < @until::timestamptz
)
select c.id, c.year, c.seq, c.status, c.finding, c.urgent, c.concern, c.wanted, c.hamlet, c.received_at, c.due_at,
       coalesce(case when c.lease_until >= @now::timestamptz then c.assignee end, 0)::bigint as holder, count(*) over () as total,
       (case when @words::bool and c.ended_at is null then c.case_key end)::bytea as case_key,
       (case when @words::bool and c.ended_at is null and c.case_key is not null then c.content end)::bytea as content
from looked c
where (@kind::text = '' or c.kind = @kind::text)
  and (@wanted::text = '' or c.wanted = @wanted::text)
  and (cardinality(@statuses::text[]) = 0 or c.status = any(@statuses::text[]))
  and (@hamlet::int = 0 or c.hamlet = @hamlet::int)
  and (not @urgent::bool or c.urgent)
order by c.received_at desc, c.seq desc
limit @size offset @skip;

-- name: SearchNumber :many
-- The case of a number, when all the rest holds for it, too.
select c.id, c.year, c.seq, c.status, c.finding, c.urgent, c.concern, c.wanted, c.hamlet, c.received_at, c.due_at,
       coalesce(case when c.lease_until >= @now::timestamptz then c.assignee end, 0)::bigint as holder, count(*) over () as total,
       (case when @words::bool and c.ended_at is null then c.case_key end)::bytea as case_key,
       (case when @words::bool and c.ended_at is null and c.case_key is not null then c.content end)::bytea as content
from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.year = @year and c.seq = @seq
  and (@kind::text = '' or c.kind = @kind::text)
  and (@wanted::text = '' or c.wanted = @wanted::text)
  and (cardinality(@statuses::text[]) = 0 or c.status = any(@statuses::text[]))
  and (@hamlet::int = 0 or c.hamlet = @hamlet::int)
  and (not @urgent::bool or c.urgent)
  and c.received_at >= @since::timestamptz and c.received_at < @until::timestamptz;

-- name: SimilarCandidates :many
-- Open reports received near a time, the nearest first.
select c.id, c.year, c.seq, c.status, c.received_at, c.case_key, c.content
from casework.cases c
where c.stream = 'report' and c.ward_id = @ward_id and c.id <> @id and c.ended_at is null and c.case_key is not null
  and c.received_at >= @since and c.received_at <= @until
order by abs(extract(epoch from c.received_at - @around::timestamptz)), c.seq
limit @most;

-- name: PutMerge :exec
insert into casework.merges (case_id, ward_id, into_id, from_status, made_at, into_at)
select @case_id, @ward_id, c.id, @from_status, @now, c.received_at from casework.cases c where c.stream = 'report' and c.ward_id = @ward_id and c.id = @into_id
on conflict (stream, case_id) do update set
    into_id = excluded.into_id, from_status = excluded.from_status, made_at = excluded.made_at, into_at = excluded.into_at, live = true;

-- name: MergedInto :one
-- The report a duplicate is counted with, over any number of reports between, and
-- where the duplicate stood before.
with recursive up as (
    select m.case_id, m.into_id, 1 as depth from casework.merges m
    join casework.cases c on c.stream = 'report' and c.ward_id = @ward_id and c.id = m.case_id and c.status = 'duplicate'
    where m.case_id = @case_id and m.ward_id = @ward_id
    union all
    select m.case_id, m.into_id, up.depth + 1 from up
    cross join lateral (select k.case_id, k.into_id from casework.merges k where k.stream = 'report' and k.case_id = up.into_id and k.ward_id = @ward_id offset 0) m
    join casework.cases c on c.stream = 'report' and c.ward_id = @ward_id and c.id = m.case_id and c.status = 'duplicate'
)
select c.id, c.year, c.seq, c.status, c.ended_at,
       (select m.from_status from casework.merges m where m.case_id = @case_id)::text as from_status,
       (select m.made_at from casework.merges m where m.case_id = @case_id)::timestamptz as made_at
from up join casework.cases c on c.stream = 'report' and c.ward_id = @ward_id and c.id = up.into_id
order by up.depth desc limit 1;

-- name: Followers :many
-- The duplicates counted with a report, those of duplicates too.
with recursive down as (
    select m.case_id, m.made_at from casework.merges m
    join casework.cases c on c.stream = 'report' and c.ward_id = @ward_id and c.id = m.case_id and c.status = 'duplicate'
    where m.into_id = @into_id and m.ward_id = @ward_id
    union
    select m.case_id, m.made_at from down
    cross join lateral (select k.case_id, k.made_at from casework.merges k where k.into_id = down.case_id and k.ward_id = @ward_id offset 0) m
    join casework.cases c on c.stream = 'report' and c.ward_id = @ward_id and c.id = m.case_id and c.status = 'duplicate'
)
select c.id, c.year, c.seq, c.received_at, c.case_key, down.made_at as merged_at
from down join casework.cases c on c.stream = 'report' and c.ward_id = @ward_id and c.id = down.case_id
order by c.received_at, c.seq;
