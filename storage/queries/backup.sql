-- name: DestroyedMark :one
-- Every transaction before this one is finished: what it destroyed is seen by the
-- statements that follow.
select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as mark;

-- name: Destroyed :many
-- What was destroyed in a transaction or one begun later, of every ward.
select d.id, d.stream, d.case_id::text as case_id, d.ward_id, d.what, d.ref, d.at from casework.destructions d where d.tx >= @since
union all
select e.id, '', '', e.ward_id, 'news', e.ref, e.at from edge.departures e where e.tx >= @since
order by at;

-- name: PutDestruction :exec
insert into casework.destructions (id, stream, case_id, ward_id, what, ref, at, tx)
values (@id, @stream, @case_id, @ward_id, @what, @ref, @at, 0)
on conflict do nothing;

-- name: PutDeparture :exec
insert into edge.departures (id, ward_id, ref, at, tx) values (@id, @ward_id, @ref, @at, 0)
on conflict do nothing;

-- name: DropEchoes :exec
-- What is destroyed a second time stands in the list already.
with news as (delete from edge.departures e where e.tx = pg_current_xact_id()::text::bigint)
delete from casework.destructions d where d.tx = pg_current_xact_id()::text::bigint;

-- name: CaseToDestroy :one
select ward_id, status, events, head, (case_key is not null)::bool as readable, (receipt is not null)::bool as has_receipt
from casework.cases where stream = @stream and id = @id for update;

-- name: MoveHead :exec
update casework.cases set events = @events, head = @head where stream = @stream and ward_id = @ward_id and id = @id;

-- name: CutRoutesMadeBefore :execrows
delete from casework.routes where stream = @stream and ward_id = @ward_id and case_id = @case_id and made_at <= @until;

-- name: SilenceWithoutRoutes :exec
update casework.cases c set silent = true
where c.stream = @stream and c.ward_id = @ward_id and c.id = @id
  and not exists (select from casework.routes r where r.stream = c.stream and r.ward_id = c.ward_id and r.case_id = c.id);

-- name: StoredFile :one
select count(*) from casework.files where stream = @stream and ward_id = @ward_id and id = @id and body is not null;

-- name: DropSubscriberByRoute :execrows
delete from edge.subscribers where ward_id = @ward_id and encode(sha256(route), 'hex') = @ref::text;

-- name: CloseSessions :execrows
update ward.staff set open_until = null where open_until is not null;

-- name: WithdrawInvites :execrows
delete from ward.invites where used_at is null;

-- name: DropOutbox :execrows
delete from edge.outbox;

-- name: ForgetDialogs :execrows
update edge.chats set draft = null, back = null, code = null, code_until = null, spoken = null, thread = null, kept_until = null
where draft is not null or back is not null or code is not null or spoken is not null or thread is not null;

-- name: AgeChosen :exec
-- A list of cases that was ended after the backup is not shown again: see chosenOf.
update edge.chats set chosen_until = 'epoch' where chosen is not null;

-- name: DropAllDiscreet :exec
delete from edge.discreet;
