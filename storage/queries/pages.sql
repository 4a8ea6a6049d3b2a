-- name: PublishedPage :one
select version, state, sealed, file_kind, file_mime, at from ward.pages
where ward_id = @ward_id and key = @key and lang = @lang and state = 'published';

-- name: PageVersion :one
select version, state, sealed, file_kind, file_mime, at from ward.pages
where ward_id = @ward_id and key = @key and lang = @lang and version = @version;

-- name: PageFile :one
select file_kind, file_mime, payload from ward.pages
where ward_id = @ward_id and key = @key and lang = @lang and version = @version and payload is not null;

-- name: PageVersions :many
select version, state, file_kind, by_staff, at from ward.pages
where ward_id = @ward_id and key = @key and lang = @lang
order by version desc
limit @most;

-- name: PageStates :many
select key, lang, version, state from ward.pages
where ward_id = @ward_id and state in ('draft', 'published');

-- name: NextPageVersion :one
select (coalesce(max(version), 0) + 1)::int from ward.pages where ward_id = @ward_id and key = @key and lang = @lang;

-- name: DropPageDraft :exec
-- There is one draft; the ones before it are history.
update ward.pages set state = 'former' where ward_id = @ward_id and key = @key and lang = @lang and state = 'draft';

-- name: AddPage :exec
insert into ward.pages (ward_id, key, lang, version, state, sealed, file_kind, file_mime, payload, by_staff, at)
values (@ward_id, @key, @lang, @version, 'draft', @sealed, @file_kind, @file_mime, sqlc.narg(payload), @by_staff, @at);

-- name: PutPageFile :execrows
update ward.pages set file_kind = @file_kind, file_mime = @file_mime, payload = sqlc.narg(payload)
where ward_id = @ward_id and key = @key and lang = @lang and version = @version and state = 'draft';

-- name: RetirePage :exec
update ward.pages set state = 'former' where ward_id = @ward_id and key = @key and lang = @lang and state = 'published';

-- name: PublishPage :execrows
update ward.pages set state = 'published', published_at = @at
where ward_id = @ward_id and key = @key and lang = @lang and version = @version and state = 'draft';

-- name: CountReading :exec
insert into ward.page_reads (ward_id, key, lang, day, n) values (@ward_id, @key, @lang, @day, 1)
on conflict (ward_id, key, lang, day) do update set n = page_reads.n + 1;

-- name: Readings :many
select key, lang, sum(n)::bigint as n from ward.page_reads
where ward_id = @ward_id and day >= @first and day <= @last
group by key, lang order by key, lang;

-- name: Subscribe :exec
insert into edge.subscribers (ward_id, who, route) values (@ward_id, @who, @route)
on conflict (ward_id, who) do update set route = excluded.route;

-- name: Unsubscribe :execrows
delete from edge.subscribers where ward_id = @ward_id and who = any(@names::bytea[]);

-- name: Subscribed :one
select exists (select from edge.subscribers where ward_id = @ward_id and who = any(@names::bytea[]));

-- name: Subscribers :one
select count(*) from edge.subscribers where ward_id = @ward_id;

-- name: RenameSubscriber :execrows
-- A name of the release before, which is that of the chat's lane.
update edge.subscribers s set who = @name, route = @route
where s.ward_id = @ward_id and s.who = @former and not exists (select from edge.subscribers o where o.ward_id = @ward_id and o.who = @name);

-- name: NextSubscribers :many
select who, route from edge.subscribers
where ward_id = @ward_id and who > @after
order by who
limit @most;

-- name: BeginSend :execrows
insert into ward.page_sends (ward_id, key, lang, version, by_staff, at)
values (@ward_id, @key, @lang, @version, @by_staff, @at)
on conflict do nothing;

-- name: OpenSend :one
select after, reached from ward.page_sends
where ward_id = @ward_id and key = @key and lang = @lang and version = @version and done_at is null
for update;

-- name: MoveSend :exec
update ward.page_sends set after = @after, reached = @reached, done_at = sqlc.narg(done_at)
where ward_id = @ward_id and key = @key and lang = @lang and version = @version;

-- name: UseForm :execrows
insert into edge.web_forms (ward_id, token, until) values (@ward_id, @token, @until)
on conflict do nothing;

-- name: SweepForms :execrows
delete from edge.web_forms where until < @before;

-- name: AddStoredFile :exec
insert into casework.files (stream, id, case_id, ward_id, n, kind, state, mime, size, facts, body, offered_at)
values (@stream, @id, @case_id, @ward_id, @n, @kind, 'stored', @mime, @size, @facts, @body, @at);

-- name: OldOfPages :one
-- How much of the tables above is still sealed under keys that begin so.
select ((select count(*) from ward.pages p where p.ward_id = @ward_id and substr(p.sealed, 1, 5) = any(@old::bytea[]))
     + (select count(*) from ward.pages p where p.ward_id = @ward_id and substr(p.payload, 1, 5) = any(@old::bytea[]))
     + (select count(*) from edge.subscribers s where s.ward_id = @ward_id and substr(s.route, 1, 5) = any(@old::bytea[])))::bigint as count;

-- name: OldPages :many
select key, lang, version, sealed from ward.pages
where ward_id = @ward_id and (key, lang, version) > (@after_key::text, @after_lang::text, @after_version::int)
  and substr(sealed, 1, 5) = any(@old::bytea[])
order by key, lang, version
limit @most
for no key update skip locked;

-- name: ResealPage :execrows
update ward.pages set sealed = @fresh
where ward_id = @ward_id and key = @key and lang = @lang and version = @version and sealed = @sealed;

-- name: OldPageFiles :many
select key, lang, version, payload as sealed from ward.pages
where ward_id = @ward_id and (key, lang, version) > (@after_key::text, @after_lang::text, @after_version::int)
  and substr(payload, 1, 5) = any(@old::bytea[])
order by key, lang, version
limit @most
for no key update skip locked;

-- name: ResealPageFile :execrows
update ward.pages set payload = @fresh
where ward_id = @ward_id and key = @key and lang = @lang and version = @version and payload = @sealed;

-- name: OldSubscribers :many
select who, route as sealed from edge.subscribers
where ward_id = @ward_id and who > @after and substr(route, 1, 5) = any(@old::bytea[])
order by who
limit @most
for no key update skip locked;

-- name: ResealSubscriber :execrows
update edge.subscribers set route = @fresh where ward_id = @ward_id and who = @who and route = @sealed;

-- name: Happened :one
select exists (select from casework.events where stream = @stream and ward_id = @ward_id and case_id = @case_id and verb = @verb);
