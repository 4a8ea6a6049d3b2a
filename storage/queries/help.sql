-- name: Narrow :exec
-- The support worker the rest of the transaction works for, and the services of the team.
select set_config('tinbao.support', @worker::text, true);

-- name: SetUrgent :exec
update casework.cases set urgent = true where stream = @stream and ward_id = @ward_id and id = @id;

-- name: LastVerb :one
-- The last of some steps of a case, empty when none was taken.
select coalesce((select e.verb from casework.events e
                 where e.stream = @stream and e.ward_id = @ward_id and e.case_id = @case_id and e.verb = any(@verbs::text[])
                 order by e.seq desc limit 1), '')::text as verb;

-- name: HasRoutes :one
select exists (select from casework.routes where stream = @stream and ward_id = @ward_id and case_id = @case_id);

-- name: ServiceEntries :many
-- The directory as it is now.
select s.entry, s.version, s.at, s.by_staff, s.service, s.free, s.youth, s.shown, s.sealed from ward.services s
where s.ward_id = @ward_id and s.version = (select max(v.version) from ward.services v where v.ward_id = s.ward_id and v.entry = s.entry)
order by s.service, s.entry;

-- name: ServiceVersions :many
-- An entry as it was, the newest first.
select s.entry, s.version, s.at, s.by_staff, s.service, s.free, s.youth, s.shown, s.sealed from ward.services s
where s.ward_id = @ward_id and s.entry = @entry
order by s.version desc;

-- name: NextServiceEntry :one
select (coalesce(max(entry), 0) + 1)::int as entry from ward.services where ward_id = @ward_id;

-- name: AddServiceVersion :execrows
insert into ward.services (ward_id, entry, version, at, by_staff, service, free, youth, shown, sealed)
values (@ward_id, @entry, @version, @at, @by_staff, @service, @free, @youth, @shown, @sealed)
on conflict do nothing;

-- name: OldServices :many
select entry, version, sealed from ward.services
where ward_id = @ward_id and (entry, version) > (@after_entry::int, @after::int) and substr(sealed, 1, 5) = any(@old::bytea[])
order by entry, version
limit @most
for no key update skip locked;

-- name: OldServicesLeft :one
select count(*) from ward.services where ward_id = @ward_id and substr(sealed, 1, 5) = any(@old::bytea[]);

-- name: ResealService :execrows
update ward.services set sealed = @fresh where ward_id = @ward_id and entry = @entry and version = @version and sealed = @sealed;

-- name: AddMeeting :exec
-- A new referral takes the place of the one before: nobody is reminded of that.
with before as (
    update casework.meetings set remind_at = null where stream = 'help' and case_id = @case_id
)
insert into casework.meetings (stream, case_id, talk, ward_id, entry, dated, remind_at)
values ('help', @case_id, @talk, @ward_id, @entry, @dated, sqlc.narg(remind_at));

-- name: AnswerMeeting :execrows
-- What the person says to the newest appointment.
update casework.meetings m
set answer = @answer, remind_at = case when @answer::text = 'keep_date' then m.remind_at end
where m.stream = 'help' and m.case_id = @case_id and m.talk = @talk and m.dated and m.answer <> @answer
  and m.talk = (select max(n.talk) from casework.meetings n where n.stream = 'help' and n.case_id = @case_id);

-- name: DropReminders :exec
update casework.meetings set remind_at = null where stream = 'help' and case_id = @case_id and remind_at is not null;

-- name: PlanFollowUps :exec
-- Questions that were not asked yet get new times.
insert into casework.follow_ups (stream, case_id, days, ward_id, due_at)
select 'help', @case_id, unnest(@days::int[]), @ward_id, unnest(@due::timestamptz[])
on conflict (stream, case_id, days) do update set due_at = excluded.due_at where casework.follow_ups.asked_at is null;

-- name: DropFollowUps :exec
delete from casework.follow_ups where stream = 'help' and case_id = @case_id and asked_at is null;

-- name: DueFollowUp :many
-- Cases with a question that is due, of people who have not ended it. Who has no chat finds
-- it under the receipt.
select distinct f.case_id from casework.follow_ups f
join casework.cases c on c.stream = f.stream and c.ward_id = f.ward_id and c.id = f.case_id
where f.stream = 'help' and f.ward_id = @ward_id and f.asked_at is null and f.due_at <= @now
  and c.ended_at is null and c.case_key is not null and not c.silent
limit @most;

-- name: AskFollowUp :one
-- The question to ask now: of several that are due the last one, and each once.
with asked as (
    update casework.follow_ups f set asked_at = @now
    where f.stream = 'help' and f.case_id = @case_id and f.asked_at is null and f.due_at <= @now
    returning f.days
)
select coalesce(max(days), 0)::int as days from asked;

-- name: AnswerFollowUp :execrows
update casework.follow_ups set answer = @answer, answered_at = @now
where stream = 'help' and case_id = @case_id and days = @days and asked_at is not null and answered_at is null;

-- name: DueReminder :many
select m.case_id, m.talk from casework.meetings m
join casework.cases c on c.stream = m.stream and c.ward_id = m.ward_id and c.id = m.case_id
where m.stream = 'help' and m.ward_id = @ward_id and m.remind_at <= @now
  and c.ended_at is null and c.case_key is not null and not c.silent and c.status in ('referred', 'accepted')
  and exists (select from casework.routes r where r.stream = m.stream and r.ward_id = m.ward_id and r.case_id = m.case_id)
limit @most;

-- name: TakeReminder :execrows
update casework.meetings set remind_at = null
where stream = 'help' and case_id = @case_id and talk = @talk and remind_at <= @now;

-- name: Unanswered :many
-- The oldest open cases of which the person has heard nothing that answers, and not yet
-- that the promised day has passed. Whoever is in danger is not told of days.
select c.id, c.received_at from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.ended_at is null and not c.urgent and not c.apart and c.case_key is not null
  and c.received_at < @before
  and not exists (select from casework.events e
                  where e.stream = c.stream and e.ward_id = c.ward_id and e.case_id = c.id and e.verb = any(@verbs::text[]))
order by c.received_at
limit @most;

-- name: OpenMeeting :one
-- The newest appointment of a request, 0 when the person has none to answer.
select coalesce((select m.talk from casework.meetings m
                 where m.stream = 'help' and m.case_id = @case_id and m.dated and m.answer = ''
                   and m.talk = (select max(n.talk) from casework.meetings n where n.stream = 'help' and n.case_id = @case_id)), 0)::int as talk;

-- name: OpenFollowUp :one
-- The newest question how it goes that the person has not answered, 0 for none.
select coalesce(max(f.days), 0)::int as days from casework.follow_ups f
where f.stream = 'help' and f.case_id = @case_id and f.asked_at is not null and f.answered_at is null;

-- name: LowerUrgent :exec
update casework.cases set urgent = false where stream = @stream and ward_id = @ward_id and id = @id;
