-- name: ReportSettings :one
select half_month, half_day, year_month, year_day, half_due, year_due, other_due from ward.report_settings
where ward_id = @ward_id and from_at <= @now
order by from_at desc
limit 1;

-- name: PutReportSettings :exec
insert into ward.report_settings (ward_id, from_at, half_month, half_day, year_month, year_day, half_due, year_due, other_due, by_staff)
values (@ward_id, @now, @half_month, @half_day, @year_month, @year_day, @half_due, @year_due, @other_due, @by_staff)
on conflict (ward_id, from_at) do nothing;

-- name: NextReport :one
-- One after the other: whoever opens a report holds the row of the ward until the end.
select (coalesce(max(r.id), 0) + 1)::int from ward.reports r where r.ward_id = @ward_id;

-- name: LockReports :exec
select pg_advisory_xact_lock(hashtext('ward.reports'), @ward_id::int);

-- name: AddReport :execrows
insert into ward.reports (ward_id, id, type, year, from_day, to_day, due, root, correction, opened_at, opened_by)
values (@ward_id, @id, @type, @year, @from_day, @to_day, @due, @root, @correction, @at, sqlc.narg(by_staff))
on conflict do nothing;

-- name: AddReportParts :exec
insert into ward.report_parts (ward_id, report, unit)
select @ward_id, @report::int, unnest(@units::text[]);

-- name: Reports :many
select id, type, year, from_day, to_day, due, root, correction, state, opened_at, merged_at, merged_by, approved_at, approved_by, issued_at, template
from ward.reports
where ward_id = @ward_id
order by to_day desc, root desc, correction desc
limit @most;

-- name: Report :one
select id, type, year, from_day, to_day, due, root, correction, state, opened_at, merged_at, merged_by, approved_at, approved_by, issued_at, template
from ward.reports
where ward_id = @ward_id and id = @id;

-- name: LockReport :one
select state from ward.reports where ward_id = @ward_id and id = @id for update;

-- name: ReportSnapshot :one
select sealed from ward.reports where ward_id = @ward_id and id = @id and sealed is not null;

-- name: Corrections :one
select coalesce(max(correction), 0)::int from ward.reports where ward_id = @ward_id and root = @root;

-- name: MergeReport :exec
update ward.reports set state = 'merged', merged_at = @at, merged_by = @by_staff
where ward_id = @ward_id and id = @id and state = 'open';

-- name: GiveBackReport :exec
update ward.reports set state = 'open', merged_at = null, merged_by = null
where ward_id = @ward_id and id = @id and state = 'merged';

-- name: ApproveReport :exec
update ward.reports set state = 'approved', approved_at = @at, approved_by = @by_staff, sealed = @sealed, template = @template
where ward_id = @ward_id and id = @id and state = 'merged';

-- name: IssueReport :exec
update ward.reports set state = 'issued', issued_at = @at, issued_by = @by_staff
where ward_id = @ward_id and id = @id and state = 'approved';

-- name: ReportParts :many
select unit, sealed, returned_at, by_staff from ward.report_parts where ward_id = @ward_id and report = @report;

-- name: SayReportPart :execrows
update ward.report_parts set sealed = @sealed, by_staff = @by_staff
where ward_id = @ward_id and report = @report and unit = @unit and returned_at is null;

-- name: ReturnReportPart :execrows
update ward.report_parts set returned_at = sqlc.narg(at), by_staff = @by_staff
where ward_id = @ward_id and report = @report and unit = @unit;

-- name: CopyReportPart :exec
update ward.report_parts set sealed = sqlc.narg(sealed), returned_at = sqlc.narg(returned_at), by_staff = sqlc.narg(by_staff)
where ward_id = @ward_id and report = @report and unit = @unit;

-- name: TakeReportReminder :execrows
-- Nobody is reminded of the same mark twice.
insert into ward.report_reminders (ward_id, report, mark, at) values (@ward_id, @report, @mark, @at)
on conflict do nothing;

-- name: UsedTemplate :one
select version, sealed from ward.report_templates
where ward_id = @ward_id and used_at is not null
order by used_at desc, version desc
limit 1;

-- name: Template :one
select version, sealed from ward.report_templates where ward_id = @ward_id and version = @version;

-- name: NextTemplate :one
select (coalesce(max(version), 0) + 1)::int from ward.report_templates where ward_id = @ward_id;

-- name: AddTemplate :execrows
insert into ward.report_templates (ward_id, version, sealed, by_staff, at, used_at)
values (@ward_id, @version, sqlc.narg(sealed), @by_staff, @at, sqlc.narg(used_at))
on conflict do nothing;

-- name: UseTemplate :execrows
update ward.report_templates set used_at = @at where ward_id = @ward_id and version = @version;

-- name: OldOfReports :one
-- How much of the tables above is still sealed under keys that begin so.
select ((select count(*) from ward.reports r where r.ward_id = @ward_id and substr(r.sealed, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.report_parts p where p.ward_id = @ward_id and substr(p.sealed, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.report_templates t where t.ward_id = @ward_id and substr(t.sealed, 1, 5) = any(@old::bytea[])))::bigint as count;

-- name: OldReports :many
select id, sealed from ward.reports
where ward_id = @ward_id and id > @after::int and substr(sealed, 1, 5) = any(@old::bytea[])
order by id
limit @most
for no key update skip locked;

-- name: ResealReport :execrows
update ward.reports set sealed = @fresh where ward_id = @ward_id and id = @id and sealed = @sealed;

-- name: OldReportParts :many
select report, unit, sealed from ward.report_parts
where ward_id = @ward_id and (report, unit) > (@after::int, @after_unit::text) and substr(sealed, 1, 5) = any(@old::bytea[])
order by report, unit
limit @most
for no key update skip locked;

-- name: ResealReportPart :execrows
update ward.report_parts set sealed = @fresh where ward_id = @ward_id and report = @report and unit = @unit and sealed = @sealed;

-- name: OldTemplates :many
select version, sealed from ward.report_templates
where ward_id = @ward_id and version > @after::int and substr(sealed, 1, 5) = any(@old::bytea[])
order by version
limit @most
for no key update skip locked;

-- name: ResealTemplate :execrows
update ward.report_templates set sealed = @fresh where ward_id = @ward_id and version = @version and sealed = @sealed;
