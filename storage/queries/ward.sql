-- name: Ward :one
select id, name, reception, hamlets, phones, police_exception, bodies, exit_url from ward.wards where id = @id;

-- name: PutWard :exec
insert into ward.wards (id, name, reception, hamlets, phones, police_exception, bodies, exit_url)
values (@id, @name, @reception, @hamlets, @phones, @police_exception, @bodies, @exit_url)
on conflict (id) do update
set name = excluded.name, reception = excluded.reception, hamlets = excluded.hamlets, phones = excluded.phones, police_exception = excluded.police_exception, bodies = excluded.bodies, exit_url = excluded.exit_url;

-- name: Staff :many
select id, who, role, name, route, locked, (pin is not null)::boolean as chosen, wrong, barred_until, open_until, opened_at, newest,
       coalesce(h.seq, 0)::bigint as event, h.bound,
       exists (select from ward.account_events e where e.ward_id = @ward_id)::boolean as begun
from ward.staff s
left join lateral (select e.seq, e.bound from ward.account_events e where e.ward_id = s.ward_id and e.account = s.id order by e.seq desc limit 1) h on true
where s.ward_id = @ward_id order by s.id;

-- name: LockStaff :one
update ward.staff set locked = @locked, open_until = null where ward_id = @ward_id and id = @id returning who;

-- name: DropLane :exec
-- Nothing more is delivered to a lane, but for what is on its way already.
delete from edge.outbox where lane = @lane and (leased_until is null or leased_until < @now) and failed_at is null;

-- name: KeepOpen :exec
update ward.staff set open_until = @until, newest = @newest where ward_id = @ward_id and id = @id;

-- name: PIN :one
select pin from ward.staff where ward_id = @ward_id and id = @id;

-- name: PutPIN :execrows
-- null = the next thing the person does is to choose one.
update ward.staff set pin = sqlc.narg(pin), wrong = 0, barred_until = null, open_until = sqlc.narg(until), opened_at = sqlc.narg(opened)
where ward_id = @ward_id and id = @id;

-- name: CountPIN :exec
update ward.staff set wrong = @wrong, barred_until = sqlc.narg(barred), open_until = sqlc.narg(until), opened_at = sqlc.narg(opened)
where ward_id = @ward_id and id = @id;

-- name: AddInvite :exec
insert into ward.invites (hash, ward_id, role, name, by_staff, expires_at, second, code)
values (@hash, @ward_id, @role, @name, @by_staff, @expires_at, @second, @code);

-- name: Invites :many
-- Invitations that nobody has used, and that are in time.
select hash, role, name, by_staff, expires_at, second, agreed_by, code from ward.invites
where ward_id = @ward_id and used_at is null and expires_at > @now
order by expires_at
for update;

-- name: AgreeInvite :exec
update ward.invites set agreed_by = @agreed_by, code = @code where ward_id = @ward_id and hash = @hash;

-- name: DropInvite :exec
delete from ward.invites where ward_id = @ward_id and hash = @hash and used_at is null;

-- name: UseInvite :one
-- An invitation opens one account, once, in time.
update ward.invites set used_at = @now
where hash = @hash and ward_id = @ward_id and used_at is null and expires_at > @now and (agreed_by is not null or not second)
returning role, name, by_staff, agreed_by;

-- name: PutStaff :one
insert into ward.staff (ward_id, who, role, name, route, made_at)
values (@ward_id, @who, @role, @name, @route, @now)
on conflict (ward_id, who) do update
set role = excluded.role, name = excluded.name, route = excluded.route, open_until = null, opened_at = null
where not ward.staff.locked
returning id;

-- name: SweepInvites :execrows
delete from ward.invites where expires_at < @before;

-- name: Clock :one
select clock_timestamp()::timestamptz;

-- name: KeepFrom :exec
-- The unit of the account the rest of the transaction works for; '' = nothing is kept from it.
select set_config('tinbao.unit', @unit::text, true);
