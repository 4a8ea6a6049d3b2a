-- name: FiguresOf :many
-- Figures of a period by dimension and value.
select f.dim, f.value,
       sum(f.received)::bigint as received, sum(f.out_of_scope)::bigint as out_of_scope, sum(f.duplicates)::bigint as duplicates,
       sum(f.invalid)::bigint as invalid, sum(f.withdrawn)::bigint as withdrawn, sum(f.urgent)::bigint as urgent,
       sum(f.verified)::bigint as verified, sum(f.classified)::bigint as classified, sum(f.forwarded)::bigint as forwarded,
       sum(f.handled)::bigint as handled, sum(f.late)::bigint as late, sum(f.open)::bigint as open
from casework.figures_between(@ward_id, @since, @until, @first_month, @end_month, @dims::text[], @now) f
group by f.dim, f.value;

-- name: FiguresTrend :many
-- Figures of a period by day, week or month, in all and by kind.
select date_trunc(@unit::text, f.day::timestamp)::date as bucket, f.dim, f.value,
       sum(f.received)::bigint as received, sum(f.out_of_scope)::bigint as out_of_scope, sum(f.duplicates)::bigint as duplicates,
       sum(f.invalid)::bigint as invalid, sum(f.withdrawn)::bigint as withdrawn, sum(f.urgent)::bigint as urgent,
       sum(f.verified)::bigint as verified, sum(f.classified)::bigint as classified, sum(f.forwarded)::bigint as forwarded,
       sum(f.handled)::bigint as handled, sum(f.late)::bigint as late, sum(f.open)::bigint as open
from casework.figures_between(@ward_id, @since, @until, @first_month, @end_month, array['all', 'kind'], @now) f
group by 1, 2, 3;

-- name: Backlog :one
select count(*) as open, count(*) filter (where c.due_at < @now) as overdue
from casework.cases c
where c.stream = 'report' and c.ward_id = @ward_id and c.ended_at is null;

-- name: Corroborated :one
-- Reports of a period that others are counted with, over any number of reports between:
-- how many of at least two messages in all, and of at least three.
with recursive tops as (
    select distinct m.into_id from casework.merges m
    where m.ward_id = @ward_id and m.live and m.into_at >= @since::timestamptz and m.into_at < @until::timestamptz
      and not coalesce((select k.live from casework.merges k where k.stream = 'report' and k.case_id = m.into_id and k.ward_id = @ward_id), false)
), down as (
    select t.into_id as top, m.case_id from tops t
    cross join lateral (select k.case_id from casework.merges k where k.into_id = t.into_id and k.ward_id = @ward_id and k.live offset 0) m
    union
    select d.top, m.case_id from down d
    cross join lateral (select k.case_id from casework.merges k where k.into_id = d.case_id and k.ward_id = @ward_id and k.live offset 0) m
)
select count(*) as by2, count(*) filter (where counted.n >= 2) as by3
from (select count(*) as n from down d group by d.top) counted;

-- name: LockFigures :exec
-- One at a time folds, or counts anew. Before the first look at the rows.
lock table casework.figures in share row exclusive mode;

-- name: FoldFigures :one
-- Takes the oldest of what was appended into the figures, by day and by month.
with taken as (
    delete from casework.figure_changes d
    where d.ward_id = @ward_id and d.id in (select o.id from casework.figure_changes o where o.ward_id = @ward_id order by o.id limit @most)
    returning d.*
), spread as (
    select g.grain, date_trunc(g.grain, c.day::timestamp)::date as day, s.dim::text as dim, s.value::text as value, c.received, c.out_of_scope, c.duplicates, c.invalid, c.withdrawn, c.urgent,
           c.verified, c.classified, c.forwarded, c.handled, c.late, c.open
    from taken c
    cross join lateral casework.figure_spread(c.kind, c.behaviours, c.source, c.hamlet, c.level, c.competence, c.assignee, c.verify, c.classify, c.forward, c.ended) s
    cross join (select 'day' as grain union all select 'month') g
), folded as (
    insert into casework.figures as f (ward_id, grain, day, dim, value, received, out_of_scope, duplicates, invalid, withdrawn, urgent, verified, classified, forwarded, handled, late, open)
    select @ward_id, s.grain, s.day, s.dim, s.value, sum(s.received), sum(s.out_of_scope), sum(s.duplicates), sum(s.invalid), sum(s.withdrawn), sum(s.urgent),
           sum(s.verified), sum(s.classified), sum(s.forwarded), sum(s.handled), sum(s.late), sum(s.open)
    from spread s group by s.grain, s.day, s.dim, s.value
    on conflict (ward_id, dim, grain, day, value) do update set
        received = f.received + excluded.received, out_of_scope = f.out_of_scope + excluded.out_of_scope, duplicates = f.duplicates + excluded.duplicates,
        invalid = f.invalid + excluded.invalid, withdrawn = f.withdrawn + excluded.withdrawn, urgent = f.urgent + excluded.urgent,
        verified = f.verified + excluded.verified, classified = f.classified + excluded.classified, forwarded = f.forwarded + excluded.forwarded,
        handled = f.handled + excluded.handled, late = f.late + excluded.late, open = f.open + excluded.open
)
select count(*) from taken;

-- name: DropFigures :exec
delete from casework.figures where ward_id = @ward_id;

-- name: DropFigureChanges :exec
delete from casework.figure_changes where ward_id = @ward_id;

-- name: SortInMemory :exec
-- For what looks at all reports at once.
select set_config('work_mem', '128MB', true);

-- name: CountFigures :exec
-- Counts all reports anew, by day.
insert into casework.figures (ward_id, grain, day, dim, value, received, out_of_scope, duplicates, invalid, withdrawn, urgent, verified, classified, forwarded, handled, late, open)
select @ward_id, 'day', f.day, s.dim, s.value, sum(f.received), sum(f.out_of_scope), sum(f.duplicates), sum(f.invalid), sum(f.withdrawn), sum(f.urgent), sum(f.verified), sum(f.classified), sum(f.forwarded), sum(f.handled), sum(f.late), sum(f.open)
from casework.cases c
cross join lateral casework.figure_of(1, c.ward_id, c.received_at, c.status, c.kind, c.behaviours, c.source, c.hamlet, c.level, c.competence, c.assignee,
    c.urgent, c.late, c.verified_at, c.classified_at, c.forwarded_at, c.ended_at) f
cross join lateral casework.figure_spread(f.kind, f.behaviours, f.source, f.hamlet, f.level, f.competence, f.assignee, f.verify, f.classify, f.forward, f.ended) s
where c.stream = 'report' and c.ward_id = @ward_id
group by f.day, s.dim, s.value;

-- name: CountMonths :exec
-- Adds the days up to months.
insert into casework.figures (ward_id, grain, day, dim, value, received, out_of_scope, duplicates, invalid, withdrawn, urgent, verified, classified, forwarded, handled, late, open)
select @ward_id, 'month', date_trunc('month', f.day::timestamp)::date, f.dim, f.value, sum(f.received), sum(f.out_of_scope), sum(f.duplicates), sum(f.invalid), sum(f.withdrawn), sum(f.urgent), sum(f.verified), sum(f.classified), sum(f.forwarded), sum(f.handled), sum(f.late), sum(f.open)
from casework.figures f
where f.ward_id = @ward_id and f.grain = 'day'
group by 3, f.dim, f.value;

-- name: CompareFigures :one
-- Compares the figures with a count of all reports, in one look at the database: how many
-- cells there are, and how many differ.
with days as materialized (
    select f.day::date as day, s.dim::text as dim, s.value::text as value, sum(f.received)::bigint as received, sum(f.out_of_scope)::bigint as out_of_scope, sum(f.duplicates)::bigint as duplicates, sum(f.invalid)::bigint as invalid, sum(f.withdrawn)::bigint as withdrawn, sum(f.urgent)::bigint as urgent, sum(f.verified)::bigint as verified, sum(f.classified)::bigint as classified, sum(f.forwarded)::bigint as forwarded, sum(f.handled)::bigint as handled, sum(f.late)::bigint as late, sum(f.open)::bigint as open
    from casework.cases c
    cross join lateral casework.figure_of(1, c.ward_id, c.received_at, c.status, c.kind, c.behaviours, c.source, c.hamlet, c.level, c.competence, c.assignee,
        c.urgent, c.late, c.verified_at, c.classified_at, c.forwarded_at, c.ended_at) f
    cross join lateral casework.figure_spread(f.kind, f.behaviours, f.source, f.hamlet, f.level, f.competence, f.assignee, f.verify, f.classify, f.forward, f.ended) s
    where c.stream = 'report' and c.ward_id = @ward_id
    group by 1, 2, 3
), counted as (
    select 'day' as grain, d.day, d.dim, d.value, array[d.received, d.out_of_scope, d.duplicates, d.invalid, d.withdrawn, d.urgent, d.verified, d.classified, d.forwarded, d.handled, d.late, d.open] as n
    from days d
    union all
    select 'month', date_trunc('month', d.day::timestamp)::date, d.dim, d.value, array[sum(d.received), sum(d.out_of_scope), sum(d.duplicates), sum(d.invalid), sum(d.withdrawn), sum(d.urgent), sum(d.verified), sum(d.classified), sum(d.forwarded), sum(d.handled), sum(d.late), sum(d.open)]::bigint[]
    from days d
    group by 2, 3, 4
), kept as (
    select k.grain, k.day, k.dim, k.value, array[sum(k.received), sum(k.out_of_scope), sum(k.duplicates), sum(k.invalid), sum(k.withdrawn), sum(k.urgent), sum(k.verified), sum(k.classified), sum(k.forwarded), sum(k.handled), sum(k.late), sum(k.open)]::bigint[] as n
    from (
        select f.grain, f.day, f.dim, f.value, f.received, f.out_of_scope, f.duplicates, f.invalid, f.withdrawn, f.urgent, f.verified, f.classified, f.forwarded, f.handled, f.late, f.open
        from casework.figures f where f.ward_id = @ward_id
        union all
        select g.grain, date_trunc(g.grain, c.day::timestamp)::date, s.dim::text, s.value::text, c.received, c.out_of_scope, c.duplicates, c.invalid, c.withdrawn, c.urgent, c.verified, c.classified, c.forwarded, c.handled, c.late, c.open
        from casework.figure_changes c
        cross join lateral casework.figure_spread(c.kind, c.behaviours, c.source, c.hamlet, c.level, c.competence, c.assignee, c.verify, c.classify, c.forward, c.ended) s
        cross join (select 'day' as grain union all select 'month') g
        where c.ward_id = @ward_id
    ) k
    group by k.grain, k.day, k.dim, k.value
)
select count(*) as cells,
       count(*) filter (where coalesce(counted.n, array_fill(0::bigint, array[12])) <> coalesce(kept.n, array_fill(0::bigint, array[12]))) as wrong
from counted full join kept using (grain, day, dim, value);

-- name: HelpClosings :many
select day, cell, n, told from casework.help_closings where ward_id = @ward_id order by day, cell;

-- name: CloseHelp :exec
insert into casework.help_closings (ward_id, day, cell, n, told)
select @ward_id, @day, unnest(@cells::text[]), unnest(@counts::int[]), unnest(@told::boolean[]);

-- name: HelpAtoms :many
-- Requests for help received since a moment, by what is counted of them, as their history
-- stood before another.
select x.wanted, x.under18, x.contacted, x.sent, x.answer, x.outcome, x.closed, count(*) as n
from (
    select c.wanted, c.under18, coalesce(h.contacted, false)::boolean as contacted, coalesce(h.sent, false)::boolean as sent,
           coalesce(h.answers[1], '')::text as answer, coalesce(h.outcomes[1], '')::text as outcome,
           coalesce(exists (select from casework.events e where e.stream = 'help' and e.ward_id = @ward_id and e.case_id = c.id and e.verb = 'close' and e.at < @until and e.seq > h.answered), false)::boolean as closed
    from casework.cases c
    left join lateral (
        select bool_or(e.verb in ('contact', 'assess')) as contacted, bool_or(e.verb = 'refer') as sent,
               array_agg(e.verb order by e.seq) filter (where e.verb in ('accept', 'decline')) as answers,
               array_agg(e.detail order by e.seq) filter (where e.verb = 'record_done') as outcomes,
               min(e.seq) filter (where e.verb in ('accept', 'decline')) as answered
        from casework.events e where e.stream = 'help' and e.ward_id = @ward_id and e.case_id = c.id and e.at < @until
    ) h on true
    where c.stream = 'help' and c.ward_id = @ward_id and c.received_at >= @since and c.received_at < @until
) x
group by x.wanted, x.under18, x.contacted, x.sent, x.answer, x.outcome, x.closed;

-- name: ClosedMonths :many
select month, told from casework.month_closings where ward_id = @ward_id order by month;

-- name: CloseMonth :exec
insert into casework.month_closings (ward_id, month, told) values (@ward_id, @month, @told) on conflict do nothing;

-- name: HandedFigures :many
-- Reports of a period that were handed to the police, as these see them.
select (c.received_at at time zone 'Asia/Ho_Chi_Minh')::date as day, c.kind, c.behaviours,
       case when c.source in ('consent', 'danger') then 'agency' else c.source end::text as source, c.hamlet, c.level, c.competence, c.status, c.urgent,
       (c.late or c.ended_at is null and c.due_at is not null and c.due_at < @now::timestamptz)::boolean as late,
       (c.verified_at is not null)::boolean as verified, (c.classified_at is not null)::boolean as classified, (c.ended_at is null)::boolean as open, count(*) as n
from casework.cases c
where c.stream = 'report' and c.ward_id = @ward_id and c.forwarded_at is not null and c.received_at >= @since and c.received_at < @until
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13;

-- name: HandedBacklog :one
select count(*) as open, count(*) filter (where c.due_at < @now) as overdue
from casework.cases c
where c.stream = 'report' and c.ward_id = @ward_id and c.forwarded_at is not null and c.ended_at is null;
