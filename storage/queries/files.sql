-- name: AddFile :exec
insert into casework.files (stream, id, case_id, ward_id, n, kind, state, size, source, offered_at)
values (@stream, @id, @case_id, @ward_id, @n, @kind, 'waiting', @size, @source, @at);

-- name: CountFiles :one
select count(*) from casework.files where stream = @stream and ward_id = @ward_id and case_id = @case_id;

-- name: Files :many
select id, n, kind, state, fault, mime, size, sha256, facts from casework.files
where stream = @stream and ward_id = @ward_id and case_id = @case_id order by n;

-- name: FileToFetch :one
select f.case_id, f.kind, f.state, f.source, f.size, c.case_key from casework.files f
join casework.cases c on c.stream = f.stream and c.ward_id = f.ward_id and c.id = f.case_id
where f.stream = @stream and f.id = @id and f.ward_id = @ward_id;

-- name: StoreFile :exec
update casework.files
set state = 'stored', mime = @mime, size = @size, facts = @facts, body = @body, source = null, fault = ''
where stream = @stream and ward_id = @ward_id and id = @id and state = 'waiting';

-- name: RefuseFile :exec
update casework.files set state = 'refused', fault = @fault, source = null
where stream = @stream and ward_id = @ward_id and id = @id and state = 'waiting';

-- name: FilesSentWith :many
select id, kind, state, fault from casework.files f
where f.stream = @stream and f.ward_id = @ward_id and f.case_id = @case_id
  and f.offered_at = (select o.offered_at from casework.files o where o.stream = @stream and o.ward_id = @ward_id and o.id = @id)
order by n for update;

-- name: FileBody :one
select f.case_id, f.mime, f.body, c.case_key, c.status from casework.files f
join casework.cases c on c.stream = f.stream and c.ward_id = f.ward_id and c.id = f.case_id
where f.stream = @stream and f.id = @id and f.ward_id = @ward_id and f.state = 'stored';

-- name: WaitingFiles :one
select count(*) from casework.files where stream = @stream and ward_id = @ward_id and state = 'waiting';

-- name: BareFiles :many
-- Stored files whose sum stands in clear, as programs of the release before write it.
select f.id, f.case_id, f.size, f.sha256, f.body, c.case_key from casework.files f
join casework.cases c on c.stream = f.stream and c.ward_id = f.ward_id and c.id = f.case_id
where f.stream = @stream and f.ward_id = @ward_id and f.sha256 is not null and f.body is not null and c.case_key is not null
limit @most for update of f skip locked;

-- name: CoverFileFacts :exec
update casework.files set size = @size, sha256 = null, facts = @facts, body = @body
where stream = @stream and ward_id = @ward_id and id = @id;
