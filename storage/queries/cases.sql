-- name: Receive :one
-- A new case with its number, its way back and the first row of its history.
with number as (
    insert into casework.counters (stream, ward_id, year, last) values (@stream, @ward_id, @year, 1)
    on conflict (stream, ward_id, year) do update set last = casework.counters.last + 1
    returning last
), made as (
    insert into casework.cases (stream, id, ward_id, year, seq, receipt, case_key, content, source, status,
        urgent, concern, wanted, hamlet, events, head, received_at, due_at, apart, announced, under18, kept_from)
    select @stream, @id, @ward_id, @year, number.last, @receipt, @case_key, @content, @source, @status,
        @urgent, @concern, @wanted, @hamlet, 1, @head, @now, sqlc.narg(due_at), @apart, @announced, @under18, @kept_from
    from number
    returning seq
), back as (
    insert into casework.routes (stream, case_id, ward_id, sealed, made_at, own)
    select @stream, @id, @ward_id, @route::bytea, @now, true where octet_length(@route::bytea) > 0
), history as (
    insert into casework.events (stream, case_id, seq, ward_id, at, verb, from_status, to_status, detail, hash)
    values (@stream, @id, 1, @ward_id, @now, @verb, '', @status, '', @head)
)
select seq from made;

-- name: CaseByNumberForUpdate :one
select sqlc.embed(c) from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.year = @year and c.seq = @seq
for update;

-- name: CaseByIDForUpdate :one
select sqlc.embed(c) from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.id = @id
for update;

-- name: CaseByReceipt :one
select sqlc.embed(c) from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.receipt = any(@receipts::bytea[]);

-- name: NextCase :one
-- The most pressing case that nobody has; two people who ask at once get two.
select sqlc.embed(c) from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.ended_at is null
  and not c.apart and c.status = any(@statuses::text[])
  and (c.assignee is null or c.lease_until < @now)
order by c.urgent desc, c.due_at, c.received_at, c.seq
limit 1
for update skip locked;

-- name: SaveCase :exec
update casework.cases
set status = @status, finding = @finding, kind = @kind, confirmed = @confirmed, service = @service,
    version = @version, events = @events, head = @head, assignee = sqlc.narg(assignee), lease_until = sqlc.narg(lease_until),
    due_at = sqlc.narg(due_at), clock_at = sqlc.narg(clock_at), verified_at = sqlc.narg(verified_at), classified_at = sqlc.narg(classified_at),
    forwarded_at = sqlc.narg(forwarded_at), ended_at = sqlc.narg(ended_at), late = @late, silent = @silent,
    apart = @apart, consent_talk = sqlc.narg(consent_talk), reopen_by = sqlc.narg(reopen_by), reopen_at = sqlc.narg(reopen_at), result = sqlc.narg(result)
where stream = @stream and ward_id = @ward_id and id = @id;

-- name: SetSilent :execrows
update casework.cases set silent = @silent where stream = @stream and ward_id = @ward_id and id = @id and silent <> @silent;

-- name: AddEvent :exec
insert into casework.events (stream, case_id, seq, ward_id, at, verb, from_status, to_status, by_staff, detail, hash, by_event, whom_event, number)
values (@stream, @case_id, @seq, @ward_id, @at, @verb, @from_status, @to_status, sqlc.narg(by_staff), @detail, @hash, sqlc.narg(by_event), sqlc.narg(whom_event), @number);

-- name: Events :many
select seq, at, verb, from_status, to_status, by_staff, detail, hash, by_event, whom_event from casework.events
where stream = @stream and ward_id = @ward_id and case_id = @case_id order by seq;

-- name: AddTalk :exec
insert into casework.talks (stream, case_id, seq, ward_id, at, from_staff, internal, by_staff, body, to_police)
values (@stream, @case_id, @seq, @ward_id, @at, @from_staff, @internal, sqlc.narg(by_staff), @body, @to_police);

-- name: CountTalks :one
select count(*) from casework.talks where stream = @stream and ward_id = @ward_id and case_id = @case_id;

-- name: Talk :one
select body from casework.talks where stream = @stream and ward_id = @ward_id and case_id = @case_id and seq = @seq;

-- name: WipeTalk :execrows
-- Only words of the person, and nothing that was covered for a paper.
update casework.talks set body = ''::bytea
where stream = @stream and ward_id = @ward_id and case_id = @case_id and seq = @seq and not from_staff and not internal and at > @since;

-- name: DropNewFile :execrows
update casework.files set state = 'refused', fault = 'file.taken', body = null, source = null, sha256 = null, facts = null
where stream = @stream and ward_id = @ward_id and id = @id and offered_at > @since;

-- name: Talks :many
select seq, at, from_staff, internal, by_staff, body, to_police from casework.talks
where stream = @stream and ward_id = @ward_id and case_id = @case_id order by seq;

-- name: AddRoute :exec
insert into casework.routes (stream, case_id, ward_id, sealed, made_at)
values (@stream, @case_id, @ward_id, @sealed, @at);

-- name: OwnRoutes :many
-- The ways back to the chats that may decide about a case.
select sealed from casework.routes where stream = @stream and ward_id = @ward_id and case_id = @case_id and own order by made_at;

-- name: OwnRoute :exec
update casework.routes set own = true where stream = @stream and ward_id = @ward_id and case_id = @case_id and sealed = @sealed;

-- name: SetWord :exec
update casework.cases set word = @word where stream = @stream and ward_id = @ward_id and id = @id;

-- name: OpenedElsewhere :execrows
-- Once a day.
update casework.cases set elsewhere_on = @day where stream = @stream and ward_id = @ward_id and id = @id
  and elsewhere_on is distinct from @day;

-- name: Routes :many
select sealed from casework.routes where stream = @stream and ward_id = @ward_id and case_id = @case_id order by made_at;

-- name: QueuePage :many
select c.year, c.seq, c.status, c.finding, c.urgent, c.concern, c.wanted, c.hamlet, c.received_at, c.due_at,
       coalesce(case when c.lease_until >= @now then c.assignee end, 0)::bigint as holder, count(*) over () as total
from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.ended_at is null
  and case @view::text
      when 'new' then not c.apart and c.status = any(@waiting::text[]) and (c.assignee is null or c.lease_until < @now)
      when 'mine' then c.assignee = @viewer
      when 'overdue' then c.due_at < @now
      when 'urgent' then c.urgent
      when 'apart' then c.apart
      else not c.apart end
order by c.urgent desc, c.due_at, c.received_at, c.seq
limit @size offset @skip;

-- name: EndedPage :many
-- What ended last stands first. No more than @most are counted.
select c.year, c.seq, c.status, c.finding, c.urgent, c.concern, c.wanted, c.hamlet, c.received_at, c.due_at,
       coalesce(case when c.lease_until >= @now then c.assignee end, 0)::bigint as holder,
       (select count(*) from (select from casework.cases e
                              where e.stream = @stream and e.ward_id = @ward_id and e.ended_at is not null
                              order by e.ended_at desc
                              limit @most::int) as newest)::bigint as total
from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.ended_at is not null
order by c.ended_at desc, c.seq desc
limit @size offset @skip;

-- name: CapturedBy :one
-- Who wrote a case down for somebody; 0 = the person wrote.
select coalesce(max(by_staff), 0)::bigint from casework.events
where stream = @stream and ward_id = @ward_id and case_id = @case_id and verb = 'capture';
