-- name: QueueMessages :many
insert into edge.outbox (ward_id, lane, slot, payload, not_before, queued_at)
select @ward_id, m.lane, nullif(m.slot, ''), m.payload, @now, @now
from (select unnest(@lanes::bytea[]) as lane, unnest(@slots::text[]) as slot, unnest(@payloads::bytea[]) as payload) m
on conflict (lane, slot) where slot is not null and leased_until is null and failed_at is null
do update set payload = excluded.payload
returning id, lane;

-- name: OutboxLane :one
select lane from edge.outbox where id = @id;

-- name: LeaseHead :one
-- Takes the first message of a lane for delivery, if nobody delivers it already
-- and its time has come.
with head as (
    select h.id from edge.outbox h where h.lane = @lane and h.failed_at is null order by h.id limit 1 for update
)
update edge.outbox o
set leased_until = case when octet_length(o.payload) < @light::int then @light_until::timestamptz else @heavy_until::timestamptz end, attempts = o.attempts + 1
from head
where o.id = head.id and (o.leased_until is null or o.leased_until < @now) and o.not_before <= @now
returning o.id, o.payload, o.attempts, o.queued_at;

-- name: HeadOfLane :one
-- Why LeaseHead gave nothing.
select id, not_before, leased_until from edge.outbox where lane = @lane and failed_at is null order by id limit 1;

-- name: Delivered :exec
delete from edge.outbox where id = @id;

-- name: DeliverLater :exec
-- The lease ends in the past rather than being cleared, so that a newer message
-- of the same slot stays a row of its own.
update edge.outbox set leased_until = @now, not_before = @not_before, fault = @fault where id = @id;

-- name: GiveUpMessage :exec
update edge.outbox set failed_at = @now, fault = @fault, payload = ''::bytea where id = @id;

-- name: ForgottenLanes :many
-- Lanes whose first message nobody delivers although it could be.
select distinct on (lane) lane, id from edge.outbox
where failed_at is null and not_before <= @now
  and coalesce(leased_until, queued_at) < @before
order by lane, id
limit 1000;

-- name: OutboxState :one
select count(*) filter (where failed_at is null) as waiting,
       count(*) filter (where failed_at is not null) as failed,
       coalesce(min(queued_at) filter (where failed_at is null), 'epoch')::timestamptz as oldest
from edge.outbox;

-- name: SweepOutbox :execrows
delete from edge.outbox where failed_at < @before;
