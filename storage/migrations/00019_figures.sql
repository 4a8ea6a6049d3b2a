-- +goose Up

-- Figures of reports. What a report counts for is appended here whenever it changes, in
-- the transaction of the change: once with -1 as it was, once with +1 as it is. Nothing
-- is updated, so that reports which come in side by side never wait for each other.
create table casework.figure_changes (
    id bigint generated always as identity primary key,
    stream text not null default 'report' check (stream = 'report'),
    ward_id int not null,
    day date not null,                       -- of receipt, in Vietnam
    kind text not null,
    behaviours text[] not null,
    source text not null,
    hamlet int not null,
    level text not null,
    competence text not null,
    assignee bigint not null,                -- 0 = nobody
    verify int, classify int, forward int, ended int, -- length of the stage: whole hours begun up to 72, above that whole days begun, in hours
    received int not null, out_of_scope int not null, duplicates int not null, invalid int not null, withdrawn int not null, urgent int not null,
    verified int not null, classified int not null, forwarded int not null, handled int not null, late int not null, open int not null
);

-- The same, folded: one row for each day or month (of its first day), dimension and value.
-- The lengths of the stages are dimensions, too; received says how many.
create table casework.figures (
    stream text not null default 'report' check (stream = 'report'),
    ward_id int not null references ward.wards,
    dim text not null,
    grain text not null check (grain in ('day', 'month')),
    day date not null,
    value text not null,                     -- '' = not said yet
    received int not null, out_of_scope int not null, duplicates int not null, invalid int not null, withdrawn int not null, urgent int not null,
    verified int not null, classified int not null, forwarded int not null, handled int not null, late int not null, open int not null,
    primary key (ward_id, dim, grain, day, value)
);

-- The hours of a stage as they are kept, null when it has not ended or ended before it began.
create function casework.stage_hours(since timestamptz, until timestamptz) returns int language sql immutable
    return case when until < since then null
                when until <= since + interval '72 hours' then ceil(extract(epoch from until - since) / 3600)
                else ceil(extract(epoch from until - since) / 86400) * 24 end;

-- What a report counts for. Only the first six measures count what is out of competence;
-- what came twice, has no content or was taken back has no length from receipt to end. What
-- came over from a request for help is counted as handed over by another body: how many
-- did is nobody's business.
create function casework.figure_of(by int, ward_id int, received_at timestamptz, status text, kind text, behaviours text[], source text, hamlet int,
    level text, competence text, assignee bigint, urgent boolean, is_late boolean, verified_at timestamptz, classified_at timestamptz,
    forwarded_at timestamptz, ended_at timestamptz)
    returns table (ward int, day date, kind text, behaviours text[], source text, hamlet int, level text, competence text, assignee bigint,
        verify int, classify int, forward int, ended int,
        received int, out_of_scope int, duplicates int, invalid int, withdrawn int, urgent int,
        verified int, classified int, forwarded int, handled int, late int, open int)
    language sql stable
as $$
    select $2, ($3 at time zone 'Asia/Ho_Chi_Minh')::date, $5, $6, case when $7 in ('consent', 'danger') then 'agency' else $7 end, $8, $9, $10, coalesce($11, 0),
        case when $4 <> 'out_of_scope' then casework.stage_hours($3, $14) end,
        case when $4 <> 'out_of_scope' then casework.stage_hours($14, $15) end,
        case when $4 <> 'out_of_scope' then casework.stage_hours($15, $16) end,
        case when $4 not in ('out_of_scope', 'duplicate', 'invalid', 'withdrawn') then casework.stage_hours($3, $17) end,
        $1, case when $4 = 'out_of_scope' then $1 else 0 end, case when $4 = 'duplicate' then $1 else 0 end,
        case when $4 = 'invalid' then $1 else 0 end, case when $4 = 'withdrawn' then $1 else 0 end, case when $12 then $1 else 0 end,
        case when $4 <> 'out_of_scope' and $14 is not null then $1 else 0 end,
        case when $4 <> 'out_of_scope' and $15 is not null then $1 else 0 end,
        case when $4 <> 'out_of_scope' and ($16 is not null or $4 in ('resolved', 'closed', 'duplicate')) then $1 else 0 end,
        case when $4 in ('resolved', 'closed') then $1 else 0 end,
        case when $4 <> 'out_of_scope' and $13 then $1 else 0 end,
        case when $17 is null then $1 else 0 end
$$;

-- The dimensions a report is counted under, and where.
create function casework.figure_spread(kind text, behaviours text[], source text, hamlet int, level text, competence text, assignee bigint,
    verify int, classify int, forward int, ended int) returns table (dim text, value text) language sql immutable
as $$
    select v.dim, v.value from (values
        ('all', ''), ('kind', $1), ('source', $3), ('hamlet', case when $4 > 0 then $4::text else '' end), ('level', $5), ('unit', $6),
        ('staff', case when $7 > 0 then $7::text else '' end), ('kind_source', $1 || '/' || $3),
        ('stage_verify', $8::text), ('stage_classify', $9::text), ('stage_forward', $10::text), ('stage_end', $11::text)) v (dim, value)
    where v.value is not null
    union all
    select 'behaviour', b from unnest(case when cardinality($2) = 0 then array[''] else $2 end) b
$$;

-- Figures of the days from since until until, exact to the moment: what is folded, whole
-- months from first_month to before end_month from their sums; what is not folded yet; and
-- the reports within competence that are open after their limit, which depends on the clock.
create function casework.figures_between(ward int, since date, until date, first_month date, end_month date, dims text[], now timestamptz)
    returns setof casework.figures
    language sql stable
as $$
    select f.stream, f.ward_id, f.dim, f.grain, f.day, f.value, f.received, f.out_of_scope, f.duplicates, f.invalid, f.withdrawn, f.urgent,
        f.verified, f.classified, f.forwarded, f.handled, f.late, f.open
    from casework.figures f
    where f.ward_id = $1 and f.dim = any($6) and f.grain = 'month' and f.day >= $4 and f.day < $5
    union all
    select f.stream, f.ward_id, f.dim, f.grain, f.day, f.value, f.received, f.out_of_scope, f.duplicates, f.invalid, f.withdrawn, f.urgent,
        f.verified, f.classified, f.forwarded, f.handled, f.late, f.open
    from casework.figures f
    where f.ward_id = $1 and f.dim = any($6) and f.grain = 'day' and f.day >= $2 and f.day < $4
    union all
    select f.stream, f.ward_id, f.dim, f.grain, f.day, f.value, f.received, f.out_of_scope, f.duplicates, f.invalid, f.withdrawn, f.urgent,
        f.verified, f.classified, f.forwarded, f.handled, f.late, f.open
    from casework.figures f
    where f.ward_id = $1 and f.dim = any($6) and f.grain = 'day' and f.day >= $5 and f.day <= $3
    union all
    select c.stream, c.ward_id, s.dim, 'day', c.day, s.value, c.received, c.out_of_scope, c.duplicates, c.invalid, c.withdrawn, c.urgent,
        c.verified, c.classified, c.forwarded, c.handled, c.late, c.open
    from casework.figure_changes c
    cross join lateral casework.figure_spread(c.kind, c.behaviours, c.source, c.hamlet, c.level, c.competence, c.assignee, c.verify, c.classify, c.forward, c.ended) s
    where c.ward_id = $1 and c.day >= $2 and c.day <= $3 and s.dim = any($6)
    union all
    select 'report', $1, s.dim, 'day', o.day, s.value, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0
    from (select (c.received_at at time zone 'Asia/Ho_Chi_Minh')::date as day, c.kind, c.behaviours,
                 case when c.source in ('consent', 'danger') then 'agency' else c.source end as source, c.hamlet, c.level, c.competence, coalesce(c.assignee, 0) as assignee
          from casework.cases c
          where c.stream = 'report' and c.ward_id = $1 and c.ended_at is null and not c.late and c.due_at < $7) o
    cross join lateral casework.figure_spread(o.kind, o.behaviours, o.source, o.hamlet, o.level, o.competence, o.assignee, null, null, null, null) s
    where o.day >= $2 and o.day <= $3 and s.dim = any($6)
$$;
create index cases_overdue on casework.report_cases (ward_id, due_at) where ended_at is null and not late;

-- A merge is live while its report is a duplicate. With the receipt of the other report
-- beside it, how many messages tell of one report is counted without looking at reports.
alter table casework.merges add column live boolean not null default true, add column into_at timestamptz;
update casework.merges m set live = (select c.status = 'duplicate' from casework.cases c where c.stream = 'report' and c.id = m.case_id),
    into_at = (select c.received_at from casework.cases c where c.stream = 'report' and c.id = m.into_id);
alter table casework.merges alter column into_at set not null;

-- +goose StatementBegin
create function casework.count_report() returns trigger language plpgsql security definer set search_path = '' as $$
begin
    if tg_op = 'UPDATE' then
        if exists (select from casework.figure_of(1, old.ward_id, old.received_at, old.status, old.kind, old.behaviours, old.source, old.hamlet, old.level, old.competence,
            old.assignee, old.urgent, old.late, old.verified_at, old.classified_at, old.forwarded_at, old.ended_at) was,
                               casework.figure_of(1, new.ward_id, new.received_at, new.status, new.kind, new.behaviours, new.source, new.hamlet, new.level, new.competence,
            new.assignee, new.urgent, new.late, new.verified_at, new.classified_at, new.forwarded_at, new.ended_at) present
                   where was is not distinct from present) then
            return null;
        end if;
    end if;
    if tg_op = 'UPDATE' and old.status = 'duplicate' and new.status <> 'duplicate' then
        update casework.merges set live = false where stream = 'report' and case_id = new.id;
    end if;
    if tg_op <> 'INSERT' then
        insert into casework.figure_changes (ward_id, day, kind, behaviours, source, hamlet, level, competence, assignee, verify, classify, forward, ended,
            received, out_of_scope, duplicates, invalid, withdrawn, urgent, verified, classified, forwarded, handled, late, open)
        select f.* from casework.figure_of(-1, old.ward_id, old.received_at, old.status, old.kind, old.behaviours, old.source, old.hamlet, old.level, old.competence,
            old.assignee, old.urgent, old.late, old.verified_at, old.classified_at, old.forwarded_at, old.ended_at) f;
    end if;
    if tg_op <> 'DELETE' then
        insert into casework.figure_changes (ward_id, day, kind, behaviours, source, hamlet, level, competence, assignee, verify, classify, forward, ended,
            received, out_of_scope, duplicates, invalid, withdrawn, urgent, verified, classified, forwarded, handled, late, open)
        select f.* from casework.figure_of(1, new.ward_id, new.received_at, new.status, new.kind, new.behaviours, new.source, new.hamlet, new.level, new.competence,
            new.assignee, new.urgent, new.late, new.verified_at, new.classified_at, new.forwarded_at, new.ended_at) f;
    end if;
    return null;
end $$;
-- +goose StatementEnd
create trigger count_report after insert or delete on casework.report_cases for each row execute function casework.count_report();
create trigger recount_report after update on casework.report_cases for each row
    when ((old.ward_id, old.received_at, old.status, old.kind, old.behaviours, old.source, old.hamlet, old.level, old.competence, old.assignee, old.urgent, old.late,
           old.verified_at, old.classified_at, old.forwarded_at, old.ended_at)
        is distinct from (new.ward_id, new.received_at, new.status, new.kind, new.behaviours, new.source, new.hamlet, new.level, new.competence, new.assignee, new.urgent, new.late,
           new.verified_at, new.classified_at, new.forwarded_at, new.ended_at))
    execute function casework.count_report();

-- Reports that are here already.
insert into casework.figure_changes (ward_id, day, kind, behaviours, source, hamlet, level, competence, assignee, verify, classify, forward, ended,
    received, out_of_scope, duplicates, invalid, withdrawn, urgent, verified, classified, forwarded, handled, late, open)
select f.ward, f.day, f.kind, f.behaviours, f.source, f.hamlet, f.level, f.competence, f.assignee, f.verify, f.classify, f.forward, f.ended,
    f.received, f.out_of_scope, f.duplicates, f.invalid, f.withdrawn, f.urgent, f.verified, f.classified, f.forwarded, f.handled, f.late, f.open
from casework.report_cases c
cross join lateral casework.figure_of(1, c.ward_id, c.received_at, c.status, c.kind, c.behaviours, c.source, c.hamlet, c.level, c.competence, c.assignee,
    c.urgent, c.late, c.verified_at, c.classified_at, c.forwarded_at, c.ended_at) f;

-- What is told of requests for help, decided once for each half-year that has ended and
-- never changed: counts since 01/01/2026. A cell that is not told is hidden; its count
-- stays for the decisions to come.
create table casework.help_closings (
    stream text not null default 'help' check (stream = 'help'),
    ward_id int not null references ward.wards,
    day date not null,                       -- the last of the half-year
    cell text not null,
    n int not null,
    told boolean not null,
    primary key (ward_id, day, cell)
);
-- Whether who asks for help said to be under 18, for the figures; the words stay sealed.
alter table casework.cases add column under18 boolean not null default false;

drop function casework.help_count;

grant select, insert, update, delete on casework.figures to tinbao_report;
grant select, delete on casework.figure_changes to tinbao_report;
grant select, insert on casework.help_closings to tinbao_help;
alter table casework.figures enable row level security;
alter table casework.figure_changes enable row level security;
alter table casework.help_closings enable row level security;
create policy reports on casework.figures to tinbao_report using (stream = 'report' and ward_id = ward.present());
create policy reports on casework.figure_changes to tinbao_report using (stream = 'report' and ward_id = ward.present());
create policy help on casework.help_closings to tinbao_help using (stream = 'help' and ward_id = ward.present());
revoke execute on function casework.stage_hours, casework.figure_of, casework.figure_spread, casework.figures_between from public;
grant execute on function casework.stage_hours, casework.figure_of, casework.figure_spread, casework.figures_between to tinbao_report;
