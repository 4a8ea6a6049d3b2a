-- name: Establishments :many
-- The register as it is now.
select e.id, e.version, e.at, e.by_staff, e.deed, e.type, e.risk, e.hamlet, e.security, e.vulnerable, e.committed, e.status, e.reviewed, e.import, e.sealed
from ward.establishments e
where e.ward_id = @ward_id and e.version = (select max(v.version) from ward.establishments v where v.ward_id = e.ward_id and v.id = e.id)
order by e.id;

-- name: EstablishmentVersions :many
-- An establishment as it was, the newest first.
select e.id, e.version, e.at, e.by_staff, e.deed, e.type, e.risk, e.hamlet, e.security, e.vulnerable, e.committed, e.status, e.reviewed, e.import, e.sealed
from ward.establishments e
where e.ward_id = @ward_id and e.id = @id
order by e.version desc;

-- name: EstablishmentFacts :many
-- What figures need of every version of every establishment.
select e.id, e.version, e.at, e.type, e.risk, e.hamlet, e.security, e.vulnerable, e.committed, e.status, e.reviewed
from ward.establishments e
where e.ward_id = @ward_id
order by e.id, e.version;

-- name: NextEstablishment :one
select (coalesce(max(id), 0) + 1)::int as id from ward.establishments where ward_id = @ward_id;

-- name: AddEstablishmentVersion :execrows
insert into ward.establishments (ward_id, id, version, at, by_staff, deed, type, risk, hamlet, security, vulnerable, committed, status, reviewed, import, sealed)
values (@ward_id, @id, @version, @at, @by_staff, @deed, @type, @risk, @hamlet, @security, @vulnerable, @committed, @status, @reviewed, @import, @sealed)
on conflict do nothing;

-- name: AddEstablishmentVersions :batchexec
-- Many at once; a version that is there already is a fault.
insert into ward.establishments (ward_id, id, version, at, by_staff, deed, type, risk, hamlet, security, vulnerable, committed, status, reviewed, import, sealed)
values (@ward_id, @id, @version, @at, @by_staff, @deed, @type, @risk, @hamlet, @security, @vulnerable, @committed, @status, @reviewed, @import, @sealed);

-- name: Inspections :many
-- The newest version of every inspection, without words.
select i.id, i.version, i.at, i.deed, i.establishment, i.planned, i.done, i.result, i.cancelled from ward.inspections i
where i.ward_id = @ward_id and i.version = (select max(v.version) from ward.inspections v where v.ward_id = i.ward_id and v.id = i.id)
order by i.id;

-- name: InspectionVersions :many
-- An inspection as it was, the newest first.
select i.id, i.version, i.at, i.by_staff, i.deed, i.establishment, i.planned, i.done, i.result, i.cancelled, i.sealed,
    (select count(*) from ward.inspection_photos p where p.ward_id = i.ward_id and p.inspection = i.id)::int as photos
from ward.inspections i
where i.ward_id = @ward_id and i.id = @id
order by i.version desc;

-- name: NextInspection :one
select (coalesce(max(id), 0) + 1)::int as id from ward.inspections where ward_id = @ward_id;

-- name: AddInspectionVersion :execrows
insert into ward.inspections (ward_id, id, version, at, by_staff, deed, establishment, planned, done, result, cancelled, sealed)
values (@ward_id, @id, @version, @at, @by_staff, @deed, @establishment, @planned, @done, @result, @cancelled, @sealed)
on conflict do nothing;

-- name: NextInspectionPhoto :one
select (coalesce(max(n), 0) + 1)::int as n from ward.inspection_photos where ward_id = @ward_id and inspection = @inspection;

-- name: AddInspectionPhoto :exec
insert into ward.inspection_photos (ward_id, inspection, n, at, by_staff, payload)
values (@ward_id, @inspection, @n, @at, @by_staff, @payload);

-- name: InspectionPhotos :many
select n, payload from ward.inspection_photos where ward_id = @ward_id and inspection = @inspection order by n;

-- name: EstablishmentLists :many
-- The lists as they are now.
select l.list, l.version, l.sealed from ward.establishment_lists l
where l.ward_id = @ward_id and l.version = (select max(v.version) from ward.establishment_lists v where v.ward_id = l.ward_id and v.list = l.list);

-- name: NextEstablishmentList :one
select (coalesce(max(version), 0) + 1)::int as version from ward.establishment_lists where ward_id = @ward_id and list = @list;

-- name: PutEstablishmentList :execrows
insert into ward.establishment_lists (ward_id, list, version, at, by_staff, sealed)
values (@ward_id, @list, @version, @at, @by_staff, @sealed)
on conflict do nothing;

-- name: NextEstablishmentImport :one
select (coalesce(max(id), 0) + 1)::int as id from ward.establishment_imports where ward_id = @ward_id;

-- name: AddEstablishmentImport :exec
insert into ward.establishment_imports (ward_id, id, at, by_staff, state, fresh, changed, same, wrong, sealed)
values (@ward_id, @id, @at, @by_staff, 'waiting', @fresh, @changed, @same, @wrong, @sealed);

-- name: EstablishmentImport :one
select id, at, by_staff, state, fresh, changed, same, wrong, sealed from ward.establishment_imports
where ward_id = @ward_id and id = @id
for update;

-- name: SettleEstablishmentImport :exec
update ward.establishment_imports set state = @state, settled_at = @at, sealed = null where ward_id = @ward_id and id = @id;

-- name: DropOldImports :exec
-- What nobody took up.
update ward.establishment_imports set state = 'dropped', settled_at = @now, sealed = null
where ward_id = @ward_id and state = 'waiting' and (at < @before or by_staff = @by_staff);

-- name: VersionsOfImport :many
-- What an import wrote, and whether it was changed since.
select e.id, e.version, (select max(v.version) from ward.establishments v where v.ward_id = e.ward_id and v.id = e.id)::int as newest
from ward.establishments e
where e.ward_id = @ward_id and e.import = @import and e.deed = 'import'
order by e.id;

-- name: BeforeImport :many
-- What stood in the register before an import changed it.
select e.id, e.version, e.at, e.by_staff, e.deed, e.type, e.risk, e.hamlet, e.security, e.vulnerable, e.committed, e.status, e.reviewed, e.import, e.sealed
from ward.establishments e
join ward.establishments i on i.ward_id = e.ward_id and i.id = e.id and i.version = e.version + 1
where e.ward_id = @ward_id and i.import = @import and i.deed = 'import'
order by e.id;

-- name: LinkEstablishment :execrows
insert into casework.establishment_links (stream, case_id, ward_id, tag, at, by_staff)
values ('report', @case_id, @ward_id, @tag, @at, @by_staff)
on conflict do nothing;

-- name: UnlinkEstablishment :execrows
delete from casework.establishment_links where stream = 'report' and ward_id = @ward_id and case_id = @case_id and tag = @tag;

-- name: LinksOfReport :many
select tag from casework.establishment_links where stream = 'report' and ward_id = @ward_id and case_id = @case_id;

-- name: EstablishmentLinks :many
select l.case_id, l.tag, c.year, c.seq from casework.establishment_links l
join casework.cases c on c.stream = l.stream and c.ward_id = l.ward_id and c.id = l.case_id
where l.stream = 'report' and l.ward_id = @ward_id
order by c.year desc, c.seq desc;

-- name: DropLinksOfReport :exec
delete from casework.establishment_links where stream = 'report' and ward_id = @ward_id and case_id = @case_id;

-- name: OldOfEstablishments :one
-- How much of the tables above is still sealed under keys that begin so.
select ((select count(*) from ward.establishments e where e.ward_id = @ward_id and substr(e.sealed, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.inspections i where i.ward_id = @ward_id and substr(i.sealed, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.inspection_photos p where p.ward_id = @ward_id and substr(p.payload, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.establishment_lists l where l.ward_id = @ward_id and substr(l.sealed, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.establishment_imports m where m.ward_id = @ward_id and substr(m.sealed, 1, 5) = any(@old::bytea[])))::bigint as count;

-- name: OldEstablishments :many
select id, version, sealed from ward.establishments
where ward_id = @ward_id and (id, version) > (@after_id::int, @after::int) and substr(sealed, 1, 5) = any(@old::bytea[])
order by id, version
limit @most
for no key update skip locked;

-- name: ResealEstablishment :execrows
update ward.establishments set sealed = @fresh where ward_id = @ward_id and id = @id and version = @version and sealed = @sealed;

-- name: OldInspections :many
select id, version, sealed from ward.inspections
where ward_id = @ward_id and (id, version) > (@after_id::int, @after::int) and substr(sealed, 1, 5) = any(@old::bytea[])
order by id, version
limit @most
for no key update skip locked;

-- name: ResealInspection :execrows
update ward.inspections set sealed = @fresh where ward_id = @ward_id and id = @id and version = @version and sealed = @sealed;

-- name: OldInspectionPhotos :many
select inspection, n, payload as sealed from ward.inspection_photos
where ward_id = @ward_id and (inspection, n) > (@after_id::int, @after::int) and substr(payload, 1, 5) = any(@old::bytea[])
order by inspection, n
limit @most
for no key update skip locked;

-- name: ResealInspectionPhoto :execrows
update ward.inspection_photos set payload = @fresh where ward_id = @ward_id and inspection = @inspection and n = @n and payload = @sealed;

-- name: OldEstablishmentLists :many
select list, version, sealed from ward.establishment_lists
where ward_id = @ward_id and (list, version) > (@after_list::text, @after::int) and substr(sealed, 1, 5) = any(@old::bytea[])
order by list, version
limit @most
for no key update skip locked;

-- name: ResealEstablishmentList :execrows
update ward.establishment_lists set sealed = @fresh where ward_id = @ward_id and list = @list and version = @version and sealed = @sealed;

-- name: OldEstablishmentImports :many
select id, sealed from ward.establishment_imports
where ward_id = @ward_id and id > @after_id::int and substr(sealed, 1, 5) = any(@old::bytea[])
order by id
limit @most
for no key update skip locked;

-- name: ResealEstablishmentImport :execrows
update ward.establishment_imports set sealed = @fresh where ward_id = @ward_id and id = @id and sealed = @sealed;
