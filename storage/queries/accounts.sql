-- name: LockAccountHistory :exec
-- One row after another.
select pg_advisory_xact_lock(hashtext('tinbao account history'), @ward_id::int);

-- name: LastAccountEvent :one
select seq, code from ward.account_events where ward_id = @ward_id order by seq desc limit 1;

-- name: AddAccountEvent :exec
insert into ward.account_events (ward_id, seq, at, verb, account, by_staff, role, role_before, invite, sealed, code, bound)
values (@ward_id, @seq, @at, @verb, sqlc.narg(account), sqlc.narg(by_staff), @role, @role_before, @invite, @sealed, @code, @bound);

-- name: AccountEvents :many
select seq, at, verb, account, by_staff, role, role_before, invite, sealed, code from ward.account_events
where ward_id = @ward_id and seq > @after
order by seq
limit @most;

-- name: AccountEventsBack :many
-- A page of the history, the newest row first.
select seq, at, verb, account, by_staff, role, role_before, invite, sealed, code from ward.account_events
where ward_id = @ward_id
order by seq desc
limit @size offset @skip;

-- name: AccountEventSealed :one
select sealed from ward.account_events where ward_id = @ward_id and seq = @seq;

-- name: FirstAccountEvent :one
select seq, sealed from ward.account_events where ward_id = @ward_id and account = @account order by seq limit 1;

-- name: AccountEventsUntil :one
-- How many rows from the first on are not younger than a moment.
select coalesce((select min(seq) from ward.account_events e where e.ward_id = @ward_id and e.at > @until) - 1,
                 (select max(seq) from ward.account_events e where e.ward_id = @ward_id), 0)::bigint as rows;

-- name: AccountEventCode :one
select code from ward.account_events where ward_id = @ward_id and seq = @seq;

-- name: OldAccountEvents :many
select seq, sealed from ward.account_events
where ward_id = @ward_id and seq > @after and substr(sealed, 1, 5) = any(@old::bytea[])
order by seq
limit @most
for no key update skip locked;

-- name: ResealAccountEvent :execrows
update ward.account_events set sealed = @fresh where ward_id = @ward_id and seq = @seq and sealed = @sealed;

-- name: HelpViews :many
-- Who opened which request for help how often.
select e.by_staff, coalesce(max(e.by_event), 0)::bigint as named, c.year, c.seq, count(*) as times, max(e.at)::timestamptz as last,
       coalesce(bool_or(c.assignee = e.by_staff), false)::boolean as holds
from casework.events e
join casework.cases c on c.stream = e.stream and c.ward_id = e.ward_id and c.id = e.case_id
where e.stream = 'help' and e.ward_id = @ward_id and e.verb = @verb and e.by_staff is not null and e.at >= @since and e.at < @until
group by e.by_staff, c.year, c.seq
order by count(*) desc, c.seq
limit @most;
