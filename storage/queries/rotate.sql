-- name: Beat :exec
-- A program tells that it lives and which keys it works with.
with old as (delete from edge.replicas where seen_at < clock_timestamp() - interval '1 day' and id <> @id)
insert into edge.replicas (id, keys, seen_at) values (@id, @keys, clock_timestamp())
on conflict (id) do update set keys = excluded.keys, seen_at = excluded.seen_at;

-- name: Leave :exec
delete from edge.replicas where id = @id;

-- name: Replicas :one
-- How many programs of an installation live, and how many with other keys.
select count(*) as alive, count(*) filter (where keys <> @keys) as behind
from edge.replicas
where seen_at > clock_timestamp() - interval '30 seconds' and starts_with(keys, @installation);

-- name: RetireKeys :exec
insert into edge.retired_keys (prefix) select unnest(@prefixes::bytea[]) on conflict do nothing;

-- name: WritersUntil :one
-- Every transaction that writes now has a smaller number.
select pg_snapshot_xmax(pg_current_snapshot())::text::bigint;

-- name: WritersGone :one
-- Whether all transactions with a smaller number have ended.
select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= @number::bigint)::boolean;

-- name: Wards :many
select n::int as id from ward.numbers() as n;

-- name: UseWard :exec
-- The ward of the rest of the transaction.
select set_config('tinbao.ward', @ward::text, true);

-- name: OldOutsideCases :one
-- How much is still sealed under keys that begin so.
select ((select count(*) from edge.updates u where u.ward_id = @ward_id and substr(u.payload, 1, 5) = any(@old::bytea[]))
     + (select count(*) from edge.chats c where c.ward_id = @ward_id and substr(c.draft, 1, 5) = any(@old::bytea[]))
     + (select count(*) from edge.chats c where c.ward_id = @ward_id and substr(c.back, 1, 5) = any(@old::bytea[]))
     + (select count(*) from edge.chats c where c.ward_id = @ward_id and substr(c.code, 1, 5) = any(@old::bytea[]))
     + (select count(*) from edge.chats c where c.ward_id = @ward_id and substr(c.spoken, 1, 5) = any(@old::bytea[]))
     + (select count(*) from edge.chats c where c.ward_id = @ward_id and substr(c.thread, 1, 5) = any(@old::bytea[]))
     + (select count(*) from edge.chats c where c.ward_id = @ward_id and substr(c.chosen, 1, 5) = any(@old::bytea[]))
     + (select count(*) from edge.discreet c where c.ward_id = @ward_id and substr(c.body, 1, 5) = any(@old::bytea[]))
     + (select count(*) from edge.outbox o where o.ward_id = @ward_id and substr(o.payload, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.staff s where s.ward_id = @ward_id and substr(s.name, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.staff s where s.ward_id = @ward_id and substr(s.route, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.staff s where s.ward_id = @ward_id and substr(s.pin, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.account_events a where a.ward_id = @ward_id and substr(a.sealed, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.invites i where i.ward_id = @ward_id and substr(i.name, 1, 5) = any(@old::bytea[])))::bigint as count;

-- name: OldInStream :one
select ((select count(*) from casework.cases c
        where c.stream = @stream and c.ward_id = @ward_id and substr(c.case_key, 1, 5) = any(@old_cases::bytea[]))
     + (select count(*) from casework.routes r
        where r.stream = @stream and r.ward_id = @ward_id and substr(r.sealed, 1, 5) = any(@old_routes::bytea[]))
     + (select count(*) from casework.canned k
        where k.stream = @stream and k.ward_id = @ward_id and substr(k.sealed, 1, 5) = any(@old_edge::bytea[])))::bigint as count;

-- name: ReceiptsBefore :one
-- Whether a case from before a time can still be found by its receipt.
select exists (select from casework.cases
               where stream = @stream and ward_id = @ward_id and receipt is not null and received_at < @before);

-- The pairs below take the next rows of one column that are sealed under keys that
-- begin so, and put what was sealed anew in place of what was read. A row somebody
-- else works on is passed over and found in the next round.

-- name: OldUpdates :many
select bot_id, update_id, payload as sealed from edge.updates
where ward_id = @ward_id and (bot_id, update_id) > (@after_bot::bigint, @after::bigint) and substr(payload, 1, 5) = any(@old::bytea[])
order by bot_id, update_id
limit @most
for no key update skip locked;

-- name: ResealUpdate :execrows
update edge.updates set payload = @fresh where bot_id = @bot_id and update_id = @update_id and payload = @sealed;

-- name: OldDrafts :many
select who, draft as sealed from edge.chats
where ward_id = @ward_id and who > @after and substr(draft, 1, 5) = any(@old::bytea[])
order by who
limit @most
for no key update skip locked;

-- name: ResealDraft :execrows
update edge.chats set draft = @fresh where ward_id = @ward_id and who = @who and draft = @sealed;

-- name: OldBacks :many
select who, back as sealed from edge.chats
where ward_id = @ward_id and who > @after and substr(back, 1, 5) = any(@old::bytea[])
order by who
limit @most
for no key update skip locked;

-- name: ResealBack :execrows
update edge.chats set back = @fresh where ward_id = @ward_id and who = @who and back = @sealed;

-- name: OldCodes :many
select who, code as sealed from edge.chats
where ward_id = @ward_id and who > @after and substr(code, 1, 5) = any(@old::bytea[])
order by who
limit @most
for no key update skip locked;

-- name: ResealCode :execrows
update edge.chats set code = @fresh where ward_id = @ward_id and who = @who and code = @sealed;

-- name: OldSpoken :many
select who, spoken as sealed from edge.chats
where ward_id = @ward_id and who > @after and substr(spoken, 1, 5) = any(@old::bytea[])
order by who
limit @most
for no key update skip locked;

-- name: ResealSpoken :execrows
update edge.chats set spoken = @fresh where ward_id = @ward_id and who = @who and spoken = @sealed;

-- name: OldThreads :many
select who, thread as sealed from edge.chats
where ward_id = @ward_id and who > @after and substr(thread, 1, 5) = any(@old::bytea[])
order by who
limit @most
for no key update skip locked;

-- name: ResealThread :execrows
update edge.chats set thread = @fresh where ward_id = @ward_id and who = @who and thread = @sealed;

-- name: OldChosen :many
select who, chosen as sealed from edge.chats
where ward_id = @ward_id and who > @after and substr(chosen, 1, 5) = any(@old::bytea[])
order by who
limit @most
for no key update skip locked;

-- name: ResealChosen :execrows
update edge.chats set chosen = @fresh where ward_id = @ward_id and who = @who and chosen = @sealed;

-- name: OldDiscreet :many
select id, body as sealed from edge.discreet
where ward_id = @ward_id and id > @after and substr(body, 1, 5) = any(@old::bytea[])
order by id
limit @most
for no key update skip locked;

-- name: ResealDiscreet :execrows
update edge.discreet set body = @fresh where ward_id = @ward_id and id = @id and body = @sealed;

-- name: OldMessages :many
select id, lane, payload as sealed from edge.outbox
where ward_id = @ward_id and id > @after and substr(payload, 1, 5) = any(@old::bytea[])
order by id
limit @most
for no key update skip locked;

-- name: ResealMessage :execrows
update edge.outbox set payload = @fresh where id = @id and payload = @sealed;

-- name: OldNames :many
select id, who, name as sealed from ward.staff
where ward_id = @ward_id and id > @after and substr(name, 1, 5) = any(@old::bytea[])
order by id
limit @most
for no key update skip locked;

-- name: ResealName :execrows
update ward.staff set name = @fresh where ward_id = @ward_id and id = @id and name = @sealed;

-- name: OldStaffRoutes :many
select id, who, route as sealed from ward.staff
where ward_id = @ward_id and id > @after and substr(route, 1, 5) = any(@old::bytea[])
order by id
limit @most
for no key update skip locked;

-- name: ResealStaffRoute :execrows
update ward.staff set route = @fresh where ward_id = @ward_id and id = @id and route = @sealed;

-- name: OldPINs :many
select id, who, pin as sealed from ward.staff
where ward_id = @ward_id and id > @after and substr(pin, 1, 5) = any(@old::bytea[])
order by id
limit @most
for no key update skip locked;

-- name: ResealPIN :execrows
update ward.staff set pin = @fresh where ward_id = @ward_id and id = @id and pin = @sealed;

-- name: OldInvites :many
select hash, name as sealed from ward.invites
where ward_id = @ward_id and hash > @after and substr(name, 1, 5) = any(@old::bytea[])
order by hash
limit @most
for no key update skip locked;

-- name: ResealInvite :execrows
update ward.invites set name = @fresh where ward_id = @ward_id and hash = @hash and name = @sealed;

-- name: OldCaseKeys :many
select id, case_key as sealed from casework.cases
where stream = @stream and ward_id = @ward_id and id > @after and substr(case_key, 1, 5) = any(@old::bytea[])
order by id
limit @most
for no key update skip locked;

-- name: ResealCaseKey :execrows
update casework.cases set case_key = @fresh where stream = @stream and ward_id = @ward_id and id = @id and case_key = @sealed;

-- name: OldRoutes :many
select case_id, sealed from casework.routes
where stream = @stream and ward_id = @ward_id and (case_id, sealed) > (@after_case::uuid, @after::bytea)
  and substr(sealed, 1, 5) = any(@old::bytea[])
order by case_id, sealed
limit @most
for no key update skip locked;

-- name: ResealRoute :execrows
update casework.routes set sealed = @fresh where stream = @stream and ward_id = @ward_id and case_id = @case_id and sealed = @sealed;

-- name: OldCanned :many
select id, sealed from casework.canned
where stream = @stream and ward_id = @ward_id and id > @after and substr(sealed, 1, 5) = any(@old::bytea[])
order by id
limit @most
for no key update skip locked;

-- name: ResealCanned :execrows
update casework.canned set sealed = @fresh where stream = @stream and ward_id = @ward_id and id = @id and sealed = @sealed;
