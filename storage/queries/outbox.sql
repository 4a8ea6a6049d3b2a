-- name: QueueMessages :many
insert into edge.outbox (ward_id, lane, slot, payload, not_before, queued_at)
select @ward_id, m.lane, nullif(m.slot, ''), m.payload, @now, @now
from (select unnest(@lanes::bytea[]) as lane, unnest(@slots::text[]) as slot, unnest(@payloads::bytea[]) as payload) m
on conflict (lane, slot) where slot is not null and leased_until is null and failed_at is null
do update set payload = excluded.payload
returning lane;

-- name: LeaseHead :one
-- Takes the first message of a lane for delivery, if nobody delivers it already
-- and its time has come. The message delivered before it goes, in the same commit. The
-- range names the index, see ClaimUpdate.
with gone as (
    delete from edge.outbox d where d.id = @delivered
), head as (
    select h.id from edge.outbox h
    where h.ward_id = @ward_id and h.lane between @lane and @lane and h.failed_at is null and h.id <> @delivered
    order by h.lane, h.id limit 1 for update
)
update edge.outbox o
set leased_until = case when octet_length(o.payload) < @light::int then @light_until::timestamptz else @heavy_until::timestamptz end, leased_by = sqlc.narg(leased_by), attempts = o.attempts + 1
where o.ward_id = @ward_id and o.id = (select head.id from head) and (o.leased_until is null or o.leased_until < @now) and o.not_before <= @now
returning o.id, o.payload, o.attempts, o.queued_at, o.leased_until;

-- name: Delivered :exec
delete from edge.outbox where id = @id;

-- name: DeliverLater :exec
-- The lease ends in the past rather than being cleared, so that a newer message
-- of the same slot stays a row of its own. What only had to wait was no attempt. Whoever
-- comes too late changes nothing of the next lease.
update edge.outbox
set leased_until = @now, leased_by = null, not_before = @not_before, fault = @fault, attempts = attempts - case when @paced::boolean then 1 else 0 end
where id = @id and leased_until = @held_until;

-- name: GiveUpMessage :exec
-- What is left counts, and names no chat and no moment at which something happened to a case.
update edge.outbox set failed_at = @now, fault = @fault, payload = ''::bytea, lane = ''::bytea, slot = null, queued_at = @day, not_before = @day
where id = @id;

-- name: DueLanes :many
-- Lanes behind a lane whose first message could be delivered and is delivered by nobody,
-- from lane to lane by the index, however many messages wait in each.
with recursive heads as (
    select f.lane, f.not_before, f.leased_until from (
        select i.lane, i.not_before, i.leased_until from edge.outbox i
        where i.ward_id = @ward_id and i.failed_at is null and i.lane > @after::bytea
        order by i.lane, i.id limit 1) f
    union all
    select n.lane, n.not_before, n.leased_until from heads b cross join lateral (
        select o.lane, o.not_before, o.leased_until from edge.outbox o
        where o.ward_id = @ward_id and o.failed_at is null and o.lane > b.lane
        order by o.lane, o.id limit 1) n
)
select lane from heads
where not_before <= @now::timestamptz and (leased_until is null or leased_until < @now::timestamptz)
limit @most;

-- name: CourierArrives :exec
insert into edge.couriers (ward_id, number) values (@ward_id, @number) on conflict (ward_id, number) do nothing;

-- name: AbsentCouriers :many
-- Other couriers whose lock is free. It is tried for the moment of the statement, and shared,
-- so that two who look at once do not take each other for the courier.
select c.number from edge.couriers c
where c.ward_id = @ward_id and c.number <> @mine::int and pg_try_advisory_xact_lock_shared(@lock::int, c.number);

-- name: CourierLeaves :one
-- Ends the leases of a courier whose lock is free, or is held by the session that asks.
with gone as (
    delete from edge.couriers c
    where c.ward_id = @ward_id and c.number = @number and pg_try_advisory_xact_lock(@lock::int, c.number)
    returning c.number
), ended as (
    update edge.outbox o set leased_until = @ended, leased_by = null
    from gone
    where o.ward_id = @ward_id and o.leased_by = gone.number and o.failed_at is null and o.leased_until > @ended
    returning o.id
)
select count(*) from ended;

-- name: OutboxState :one
select count(*) filter (where failed_at is null) as waiting,
       count(*) filter (where failed_at is not null) as failed,
       coalesce(min(queued_at) filter (where failed_at is null), 'epoch')::timestamptz as oldest
from edge.outbox where ward_id = @ward_id;

-- name: SweepOutbox :execrows
delete from edge.outbox where ward_id = @ward_id and failed_at < @before;
