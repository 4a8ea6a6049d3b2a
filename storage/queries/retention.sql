-- name: CutRoutes :execrows
delete from casework.routes where stream = @stream and ward_id = @ward_id and case_id = @case_id;

-- name: EraseCase :exec
-- Destroys the key and wipes what it sealed. Number, steps and times stay.
with talks as (
    update casework.talks t set body = ''::bytea where t.stream = @stream and t.ward_id = @ward_id and t.case_id = @id and t.body <> ''::bytea
), files as (
    update casework.files f set state = 'refused', fault = 'file.erased', body = null, source = null, sha256 = null, facts = null
    where f.stream = @stream and f.ward_id = @ward_id and f.case_id = @id
)
update casework.cases c
set case_key = null, content = ''::bytea, receipt = null, result = null, word = null, elsewhere_on = null, erased_at = @now, hamlet = 0
where c.stream = @stream and c.ward_id = @ward_id and c.id = @id;

-- name: ForgetReceipt :exec
update casework.cases set receipt = null where stream = @stream and ward_id = @ward_id and id = @id;

-- name: RoutesTooOld :many
-- Routes are cut in time, so there are fewer of them than of cases that have ended: they
-- are gone through, and the case of each is looked up.
select distinct r.case_id from casework.routes r
cross join lateral (select c.id from casework.cases c where c.stream = r.stream and c.ward_id = @ward_id and c.id = r.case_id and c.ended_at < @before offset 0) ended
where r.stream = @stream and r.ward_id = @ward_id
limit @most;

-- name: FilesTooOld :many
-- Stored files as well.
select f.id, f.case_id from casework.files f
cross join lateral (select c.id from casework.cases c where c.stream = f.stream and c.ward_id = @ward_id and c.id = f.case_id and c.ended_at < @before offset 0) ended
where f.stream = @stream and f.ward_id = @ward_id and f.state = 'stored'
limit @most;

-- name: WipeFile :exec
update casework.files set state = 'refused', fault = 'file.erased', body = null, sha256 = null, facts = null
where stream = @stream and ward_id = @ward_id and id = @id;

-- name: CasesTooOld :many
select c.id from casework.cases c
where c.stream = @stream and c.ward_id = @ward_id and c.erased_at is null and c.ended_at < @before
order by c.ended_at
limit @most;

-- name: CountRetention :one
-- What is due now, for a dry run and for the warning to staff.
select (select count(distinct r.case_id) from casework.routes r
        cross join lateral (select c.id from casework.cases c where c.stream = r.stream and c.ward_id = @ward_id and c.id = r.case_id and c.ended_at < @routes_before offset 0) ended
        where r.stream = @stream and r.ward_id = @ward_id)::bigint as routes,
       (select count(*) from casework.files f
        cross join lateral (select c.id from casework.cases c where c.stream = f.stream and c.ward_id = @ward_id and c.id = f.case_id and c.ended_at < @files_before offset 0) ended
        where f.stream = @stream and f.ward_id = @ward_id and f.state = 'stored')::bigint as files,
       (select count(*) from casework.cases c
        where c.stream = @stream and c.ward_id = @ward_id and c.erased_at is null and c.ended_at < @cases_before)::bigint as cases;
