-- name: KeepOriginal :exec
-- The first one stays: what is covered twice was written once.
insert into casework.originals (stream, case_id, ward_id, part, ref, body)
values ('report', @case_id, @ward_id, @part, @ref, @body)
on conflict do nothing;

-- name: SaveMarks :exec
insert into casework.originals (stream, case_id, ward_id, part, body)
values ('report', @case_id, @ward_id, 'marks', @body)
on conflict (stream, case_id, part, ref) do update set body = excluded.body;

-- name: Original :one
select body from casework.originals where stream = 'report' and case_id = @case_id and part = @part and ref = @ref;

-- name: DropOriginals :exec
delete from casework.originals where stream = 'report' and case_id = @case_id;

-- name: DropOriginalFile :exec
delete from casework.originals where stream = 'report' and part = 'file' and ref = @ref;

-- name: ShareContent :exec
-- What the police read of a report.
update casework.cases set content = @content where stream = 'report' and ward_id = @ward_id and id = @id;

-- name: ShareFile :exec
update casework.files set body = @body, size = @size, sha256 = null, facts = @facts, mime = @mime
where stream = 'report' and ward_id = @ward_id and id = @id and state = 'stored';

-- name: CoverTalk :exec
insert into casework.covered_talks (stream, case_id, seq, ward_id, at, body, from_staff, by_staff)
select t.stream, t.case_id, t.seq, t.ward_id, t.at, @body, t.from_staff, t.by_staff from casework.talks t
where t.stream = 'report' and t.ward_id = @ward_id and t.case_id = @case_id and t.seq = @seq
on conflict (stream, case_id, seq) do update set body = excluded.body;

-- name: UncoverTalk :exec
delete from casework.covered_talks where stream = 'report' and case_id = @case_id and seq = @seq;

-- name: UncoverTalks :exec
delete from casework.covered_talks where stream = 'report' and case_id = @case_id;

-- name: CoveredTalks :many
select seq, at, from_staff, by_staff, body from casework.covered_talks where stream = 'report' and case_id = @case_id order by seq;

-- name: LastTalk :one
-- The number of the last message of a report, for the police, who do not see all of them.
select casework.last_talk(@case_id);

-- name: ForwardedCases :many
-- Reports that wait to be acknowledged.
select c.id from casework.cases c
where c.stream = 'report' and c.ward_id = @ward_id and c.status = 'forwarded'
order by c.id;
