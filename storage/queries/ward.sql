-- name: Ward :one
select id, name, reception, hamlets, phones from ward.wards where id = @id;

-- name: PutWard :exec
insert into ward.wards (id, name, reception, hamlets, phones)
values (@id, @name, @reception, @hamlets, @phones)
on conflict (id) do update
set name = excluded.name, reception = excluded.reception, hamlets = excluded.hamlets, phones = excluded.phones;

-- name: Staff :many
select id, who, role, name, route, locked from ward.staff where ward_id = @ward_id order by id;

-- name: LockStaff :execrows
update ward.staff set locked = @locked where ward_id = @ward_id and id = @id;

-- name: AddInvite :exec
insert into ward.invites (hash, ward_id, role, name, by_staff, expires_at)
values (@hash, @ward_id, @role, @name, @by_staff, @expires_at);

-- name: UseInvite :one
-- An invitation opens one account, once, in time.
update ward.invites set used_at = @now
where hash = @hash and ward_id = @ward_id and used_at is null and expires_at > @now
returning role, name;

-- name: PutStaff :one
insert into ward.staff (ward_id, who, role, name, route, made_at)
values (@ward_id, @who, @role, @name, @route, @now)
on conflict (ward_id, who) do update
set role = excluded.role, name = excluded.name, route = excluded.route, locked = false
returning id;

-- name: SweepInvites :execrows
delete from ward.invites where expires_at < @before;

-- name: Clock :one
select clock_timestamp()::timestamptz;
