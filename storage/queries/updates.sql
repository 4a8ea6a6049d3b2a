-- name: KeepUpdates :exec
-- Keeping the same update again changes nothing.
insert into edge.updates (bot_id, update_id, ward_id, lane, aside, payload, not_before, kept_at)
select @bot_id, unnest(@update_ids::bigint[]), @ward_id, unnest(@lanes::bytea[]), unnest(@asides::bytea[]), unnest(@payloads::bytea[]), @now, @now
on conflict (bot_id, update_id) do nothing;

-- name: TellReplicas :exec
-- A transaction of its own: those that tell commit one after another, and nothing that
-- must last may wait for that. Nor does the notice wait for the disk.
select set_config('synchronous_commit', 'off', true), pg_notify('tinbao_updates', @teller::text);

-- name: ClaimUpdate :one
-- The first update of a lane nobody works on, with what is known about its chat.
-- The row stays locked until the transaction ends; a later update of the same
-- lane is not taken while an earlier one waits. Conditions that always hold name the
-- index of each look-up: a range that is one lane is read in this order by the index of lanes
-- alone, an equal lane by any index in the order of updates. The limit keeps the look-up of
-- the chat from becoming a join, for which a plan that was made for a ward with few chats
-- reads all of them.
select u.update_id, u.lane, u.payload, u.attempts,
       coalesce(c.lang, '') as lang, c.draft, c.code, c.code_until, c.spoken, c.thread, c.chosen as chat_chosen, c.chosen_until as chat_chosen_until,
       exists (select from edge.mutes m where m.ward_id = @ward_id and m.who in (u.aside, u.lane) and m.until > @now)::boolean as muted,
       s.id as staff_id, s.role, s.name, s.route, s.locked, (s.pin is not null)::boolean as chosen, s.wrong, s.barred_until, s.open_until, s.opened_at, s.newest,
       coalesce(h.seq, 0)::bigint as event, h.bound, exists (select from ward.account_events e where e.ward_id = @ward_id)::boolean as begun
from (
    select w.update_id, w.lane, w.aside, w.payload, w.attempts
    from edge.updates w
    where w.bot_id = @bot_id and w.state = 'waiting' and w.attempts >= 0 and w.not_before <= @now
      and w.update_id = (
          select e.update_id from edge.updates e
          where e.bot_id = w.bot_id and e.lane between w.lane and w.lane and e.state = 'waiting' and e.update_id >= 0
          order by e.bot_id, e.lane, e.update_id
          limit 1)
    order by w.update_id
    limit 1
    for update skip locked
) u
left join lateral (select * from edge.chats k where k.ward_id = @ward_id and k.who = u.lane limit 1) c on true
left join ward.staff s on s.ward_id = @ward_id and s.who = u.lane
left join lateral (select e.seq, e.bound from ward.account_events e where e.ward_id = @ward_id and e.account = s.id order by e.seq desc limit 1) h on true;

-- name: FinishUpdate :many
-- Everything an update leaves at the edge, in one statement: it is done and its
-- content wiped, the draft is written or dropped, messages wait to be sent. A message with
-- which a lane begins is leased to the program that writes it, if that has a place free.
-- The first of a lane is looked up by a range, see ClaimUpdate, once for each message (offset).
-- In the row of a chat no time of a case stands: see Tx.finish.
with finished as (
    update edge.updates
    set state = 'done', lane = null, aside = null, payload = null, done_at = @now
    where bot_id = @bot_id and update_id = @update_id
), written as (
    insert into edge.chats (ward_id, who, lang, draft, back, touched_at, code, code_until, thread, kept_until, chosen, chosen_until)
    select @ward_id, @who, @lang, @draft, @back, @touched, @code, sqlc.narg(code_until), @thread, sqlc.narg(kept_until), @chosen, sqlc.narg(chosen_until)
    where @write_chat::boolean
    on conflict (ward_id, who) do update
    set lang = excluded.lang, draft = excluded.draft, back = excluded.back, touched_at = excluded.touched_at, look_at = null,
        code = case when @forget_spoken::boolean then excluded.code else coalesce(excluded.code, chats.code) end,
        code_until = case when @forget_spoken::boolean then excluded.code_until else coalesce(excluded.code_until, chats.code_until) end,
        spoken = case when not @forget_spoken::boolean then chats.spoken end,
        thread = excluded.thread, kept_until = greatest(chats.kept_until, excluded.kept_until),
        chosen = case when @write_chosen::boolean then excluded.chosen else chats.chosen end,
        chosen_until = case when @write_chosen::boolean then excluded.chosen_until else chats.chosen_until end
)
insert into edge.outbox (ward_id, lane, slot, payload, not_before, queued_at, leased_until, leased_by, attempts)
select @ward_id, m.lane, nullif(m.slot, ''), m.payload, @queued, @queued, m.lease, case when m.lease is not null then sqlc.narg(leased_by)::int end, case when m.lease is null then 0 else 1 end
from (
    select w.lane, w.slot, w.payload, case when w.leased > @now::timestamptz and (
            select o.id from edge.outbox o
            where o.ward_id = @ward_id and o.lane between w.lane and w.lane and o.failed_at is null
            order by o.lane, o.id
            limit 1) is null then w.leased end as lease
    from (select unnest(@lanes::bytea[]) as lane, unnest(@slots::text[]) as slot, unnest(@payloads::bytea[]) as payload, unnest(@leases::timestamptz[]) as leased) w
    offset 0
) m
on conflict (lane, slot) where slot is not null and leased_until is null and failed_at is null
do update set payload = excluded.payload
returning id, lane, (leased_until is not null)::boolean as leased;

-- name: FailUpdate :exec
-- After too many attempts the update is set aside, and its lane goes on.
update edge.updates
set attempts = attempts + 1, fault = @fault, not_before = @not_before,
    state = case when attempts + 1 >= @limit_attempts::int then 'set_aside' else 'waiting' end
where bot_id = @bot_id and update_id = @update_id and state = 'waiting';

-- name: SetAsideUpdates :many
select update_id, attempts, fault, kept_at from edge.updates
where bot_id = @bot_id and state = 'set_aside' order by update_id limit 100;

-- name: RetrySetAside :execrows
update edge.updates set state = 'waiting', attempts = 0, not_before = @now
where bot_id = @bot_id and state = 'set_aside';

-- name: WaitingUpdates :one
select count(*) from edge.updates where bot_id = @bot_id and state = 'waiting';

-- name: SweepUpdates :execrows
delete from edge.updates where state = 'done' and done_at < @before;
