-- name: ClockVersions :many
-- The newest word of the ward on each limit.
select distinct on (key) key, type, amount, verified, by_staff, from_at from ward.clocks
where ward_id = @ward_id and from_at <= @now
order by key, from_at desc;

-- name: PutClock :exec
insert into ward.clocks (ward_id, key, from_at, type, amount, verified, by_staff)
values (@ward_id, @key, @now, @type, @amount, @verified, @by_staff)
on conflict (ward_id, key, from_at) do nothing;

-- name: CalendarRows :many
-- The newest word of the ward on each day.
select distinct on (year, month, day) year, month, day, kind, from_at from ward.calendar
where ward_id = @ward_id and from_at <= @now
order by year, month, day, from_at desc;

-- name: PutCalendarRow :exec
insert into ward.calendar (ward_id, year, month, day, from_at, kind, by_staff)
values (@ward_id, @year, @month, @day, @now, @kind, @by_staff)
on conflict (ward_id, year, month, day, from_at) do nothing;

-- name: CalendarCheck :one
-- Who compared a year last, unless a day of it was changed since.
select c.at, c.by_staff from ward.calendar_checks c
where c.ward_id = @ward_id and c.year = @year
  and not exists (select from ward.calendar d where d.ward_id = c.ward_id and d.year = c.year and d.from_at > c.at)
order by c.at desc
limit 1;

-- name: PutCalendarCheck :exec
insert into ward.calendar_checks (ward_id, year, at, by_staff) values (@ward_id, @year, @now, @by_staff)
on conflict (ward_id, year, at) do nothing;

-- name: CaseClock :one
select rule, start_at, since_at, held_at, told, extended, paused, resumed from casework.clocks
where stream = @stream and case_id = @case_id;

-- name: PutCaseClock :exec
insert into casework.clocks (stream, case_id, ward_id, rule, start_at, since_at, held_at, told, extended, paused, resumed)
values (@stream, @case_id, @ward_id, @rule, @start_at, @since_at, sqlc.narg(held_at), @told, @extended, @paused, @resumed)
on conflict (stream, case_id) do update
set rule = excluded.rule, start_at = excluded.start_at, since_at = excluded.since_at, held_at = excluded.held_at,
    told = excluded.told, extended = excluded.extended, paused = excluded.paused, resumed = excluded.resumed;

-- name: RunningClocks :many
-- Open cases whose limit runs and may still need a reminder. What was put apart
-- disturbs nobody.
select c.id, c.year, c.seq, c.status, c.urgent, c.kind, c.assignee, c.due_at,
       coalesce(k.since_at, c.clock_at, c.received_at)::timestamptz as since_at, coalesce(k.rule, '')::text as rule, coalesce(k.told, 0)::int as told, c.kept_from
from casework.cases c
left join casework.clocks k on k.stream = c.stream and k.case_id = c.id
where c.stream = @stream and c.ward_id = @ward_id and c.ended_at is null and c.due_at is not null and not c.apart
  and coalesce(k.told, 0) < 100
order by c.due_at;

-- name: TellClock :execrows
-- Writes down that a reminder is on its way; no row when somebody was faster, or the
-- limit has changed since it was read.
insert into casework.clocks as k (stream, case_id, ward_id, rule, start_at, since_at, told)
select c.stream, c.id, c.ward_id, @rule, @since_at, @since_at, @told::int
from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.id = @id and c.ended_at is null and c.due_at = @due
on conflict (stream, case_id) do update set told = excluded.told where k.told < excluded.told;

-- name: StillClocks :many
-- Cases whose limit stands still, and since when.
select c.id, k.paused[cardinality(k.paused)]::timestamptz as since_at
from casework.cases c
join casework.clocks k on k.stream = c.stream and k.case_id = c.id
where c.stream = @stream and c.ward_id = @ward_id and c.ended_at is null and c.status = 'need_info'
  and cardinality(k.paused) > cardinality(k.resumed);

-- name: TakeDigest :execrows
-- Nobody gets the digest of a day twice.
insert into ward.digests (ward_id, staff_id, day) values (@ward_id, @staff_id, @day)
on conflict (ward_id, staff_id, day) do nothing;

-- name: SweepDigests :exec
delete from ward.digests where ward_id = @ward_id and day < @before;

-- name: DigestCounts :one
-- What waits in a stream, for one person: new, of that person, due before a moment, over.
select count(*) filter (where c.status = any(@fresh::text[]) and (c.assignee is null or c.lease_until < @now or @of_police::boolean)) as fresh,
       count(*) filter (where c.assignee = @viewer) as mine,
       count(*) filter (where c.due_at >= @now and c.due_at <= @day_end) as today,
       count(*) filter (where c.due_at < @now) as overdue,
       count(*) as open
from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.ended_at is null and not c.apart;
