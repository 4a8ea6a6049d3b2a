-- name: StartAlarm :exec
-- An alarm begins, anew where there was one; the police are alerted, or are not.
with alert as (
    update casework.cases c set alerted_at = @began_at
    where @alerted::boolean and c.stream = @stream and c.ward_id = @ward_id and c.id = @case_id and c.alerted_at is null
)
insert into casework.alarms (stream, case_id, ward_id, began_at, rings, ring_at, reached, alerted)
values (@stream, @case_id, @ward_id, @began_at, 1, @ring_at, @reached::text[], @alerted)
on conflict (stream, case_id, ward_id) do update
set began_at = excluded.began_at, rings = excluded.rings, ring_at = excluded.ring_at, reached = excluded.reached,
    told = false, confirmed_at = null, confirmed_by = null;

-- name: Alarm :one
select began_at, rings, ring_at, reached, told, confirmed_at, confirmed_by from casework.alarms
where stream = @stream and ward_id = @ward_id and case_id = @case_id;

-- name: DueAlarms :many
select case_id from casework.alarms
where stream = @stream and ward_id = @ward_id and ring_at <= @now
order by ring_at limit @most;

-- name: CountRing :execrows
update casework.alarms set rings = @rings, ring_at = sqlc.narg(ring_at), reached = @reached::text[], told = @told
where stream = @stream and ward_id = @ward_id and case_id = @case_id and ring_at is not null and rings = @was;

-- name: ConfirmAlarm :execrows
update casework.alarms set confirmed_at = @now, confirmed_by = @by_staff, ring_at = null
where stream = @stream and ward_id = @ward_id and case_id = @case_id and confirmed_at is null;

-- name: StopAlarm :exec
update casework.alarms set ring_at = null where stream = @stream and ward_id = @ward_id and case_id = @case_id;
