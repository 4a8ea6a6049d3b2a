-- name: Absences :many
select staff, stand_in, since, until from ward.absences where ward_id = @ward_id and until > @now;

-- name: PutAbsence :exec
insert into ward.absences (ward_id, staff, stand_in, since, until) values (@ward_id, @staff, @stand_in, @since, @until)
on conflict (ward_id, staff) do update set stand_in = excluded.stand_in, since = excluded.since, until = excluded.until;

-- name: EndAbsence :execrows
delete from ward.absences where ward_id = @ward_id and staff = @staff;

-- name: Workload :many
-- How much each member of staff has; staff 0 = what nobody has.
select coalesce(c.assignee, 0)::bigint as staff,
       count(*) filter (where c.ended_at is null) as open,
       count(*) filter (where c.ended_at is null and c.urgent) as urgent,
       count(*) filter (where c.ended_at is null and c.due_at < @now) as overdue,
       count(*) filter (where c.ended_at >= @since) as ended
from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and (c.ended_at is null or c.ended_at >= @since)
group by c.assignee;

-- name: PutReminder :exec
insert into casework.reminders (stream, case_id, ward_id, staff, at) values (@stream, @case_id, @ward_id, @staff, @at)
on conflict (stream, case_id, staff) do update set at = excluded.at;

-- name: DropReminder :execrows
delete from casework.reminders where stream = @stream and ward_id = @ward_id and case_id = @case_id and staff = @staff;

-- name: DueReminders :many
select r.case_id, r.staff, c.year, c.seq, (c.ended_at is null)::boolean as open, (c.forwarded_at is not null)::boolean as handed
from casework.reminders r
join casework.cases c on c.stream = r.stream and c.ward_id = r.ward_id and c.id = r.case_id
where r.stream = @stream and r.ward_id = @ward_id and r.at <= @now
order by r.at
limit @most
for update of r skip locked;

-- name: MyReminders :many
select c.year, c.seq, r.at from casework.reminders r
join casework.cases c on c.stream = r.stream and c.ward_id = r.ward_id and c.id = r.case_id
where r.stream = @stream and r.ward_id = @ward_id and r.staff = @staff
order by r.at
limit @most;

-- name: PutMention :exec
insert into casework.mentions (stream, case_id, ward_id, staff, at) values (@stream, @case_id, @ward_id, @staff, @at)
on conflict (stream, case_id, staff) do update set at = excluded.at;

-- name: MyMentions :many
-- Calls on a member of staff that were not followed by a look at the case.
select c.year, c.seq, m.at from casework.mentions m
join casework.cases c on c.stream = m.stream and c.ward_id = m.ward_id and c.id = m.case_id
where m.stream = @stream and m.ward_id = @ward_id and m.staff = @staff
  and not exists (select from casework.events e where e.stream = m.stream and e.ward_id = m.ward_id and e.case_id = m.case_id and e.by_staff = m.staff and e.at > m.at)
order by m.at desc
limit @most;

-- name: PutRating :execrows
insert into casework.ratings (stream, case_id, ward_id, at, stars) values (@stream, @case_id, @ward_id, @at, @stars)
on conflict do nothing;

-- name: PutRatingWords :execrows
update casework.ratings set words = @words where stream = @stream and case_id = @case_id and words is null;

-- name: Stars :one
select stars from casework.ratings where stream = @stream and case_id = @case_id;

-- name: RatingWords :one
select words from casework.ratings where stream = @stream and case_id = @case_id and words is not null;

-- name: WipeRating :exec
update casework.ratings set words = null where stream = @stream and case_id = @case_id and words is not null;

-- name: RatingFigures :one
select count(*) as n, coalesce(sum(stars), 0)::bigint as stars from casework.ratings
where stream = @stream and ward_id = @ward_id and at >= @since and at < @until;

-- name: PersonAskedReopen :one
-- How often the person asked for a case to be opened again.
select count(*) from casework.events where stream = @stream and ward_id = @ward_id and case_id = @case_id and verb = @verb and by_staff is null;

-- name: AddCanned :exec
insert into casework.canned (stream, id, ward_id, status, sealed, made_at) values (@stream, @id, @ward_id, @status, @sealed, @at);

-- name: CannedList :many
select id, status, sealed from casework.canned where stream = @stream and ward_id = @ward_id order by made_at, id;

-- name: ChangeCanned :execrows
update casework.canned set sealed = @sealed where stream = @stream and ward_id = @ward_id and id = @id;

-- name: DropCanned :execrows
delete from casework.canned where stream = @stream and ward_id = @ward_id and id = @id;

-- name: MarkFile :exec
update casework.files set by_staff = @by_staff where stream = @stream and ward_id = @ward_id and id = @id;

-- name: StaffFiles :many
select id from casework.files where stream = @stream and ward_id = @ward_id and case_id = @case_id and by_staff is not null;

-- name: FileSender :one
select f.by_staff, f.case_id, f.kind, c.year, c.seq, c.received_at from casework.files f
join casework.cases c on c.stream = f.stream and c.ward_id = f.ward_id and c.id = f.case_id
where f.stream = @stream and f.id = @id and f.ward_id = @ward_id;
