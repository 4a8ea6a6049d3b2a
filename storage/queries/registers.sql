-- name: RegisterEntries :many
-- The entries as they are now, of a register or of all (''), up to a day; the newest of
-- a day first.
select e.entry, e.version, e.form, e.answers, e.sealed, e.void, e.by_staff, e.at from ward.register_entries e
where e.ward_id = @ward_id and (@form::text = '' or e.form = @form) and e.day <= @until::date
  and e.version = (select max(v.version) from ward.register_entries v where v.ward_id = e.ward_id and v.entry = e.entry)
order by e.day desc, e.entry desc;

-- name: RegisterPage :many
-- A page of a register, void entries too, the newest first.
select e.entry, e.version, e.form, e.answers, e.sealed, e.void, e.by_staff, e.at, count(*) over () as total from ward.register_entries e
where e.ward_id = @ward_id and e.form = @form
  and e.version = (select max(v.version) from ward.register_entries v where v.ward_id = e.ward_id and v.entry = e.entry)
order by e.day desc, e.entry desc
limit @most offset @past;

-- name: RegisterVersions :many
-- An entry as it was, the newest first.
select e.entry, e.version, e.form, e.answers, e.sealed, e.void, e.by_staff, e.at from ward.register_entries e
where e.ward_id = @ward_id and e.entry = @entry
order by e.version desc;

-- name: AloneNumberingRegister :exec
-- Who takes the next number of an entry waits for whoever did so before to commit.
select pg_advisory_xact_lock(@lock::int, @ward_id::int);

-- name: NextRegisterEntry :one
select (coalesce(max(entry), 0) + 1)::int as entry from ward.register_entries where ward_id = @ward_id;

-- name: AddRegisterVersion :execrows
insert into ward.register_entries (ward_id, entry, version, form, day, answers, sealed, void, by_staff, at)
values (@ward_id, @entry, @version, @form, @day, @answers, @sealed, @void, @by_staff, @at)
on conflict do nothing;

-- name: OldRegisterEntries :many
select entry, version, sealed from ward.register_entries
where ward_id = @ward_id and (entry, version) > (@after_entry::int, @after::int) and substr(sealed, 1, 5) = any(@old::bytea[])
order by entry, version
limit @most
for no key update skip locked;

-- name: OldRegisterEntriesLeft :one
select count(*) from ward.register_entries where ward_id = @ward_id and substr(sealed, 1, 5) = any(@old::bytea[]);

-- name: ResealRegisterEntry :execrows
update ward.register_entries set sealed = @fresh where ward_id = @ward_id and entry = @entry and version = @version and sealed = @sealed;
