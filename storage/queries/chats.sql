-- name: LeftDrafts :many
-- Drafts left alone for a while and not looked at lately. The rows stay locked until the
-- end of the transaction.
select who, draft, back, touched_at from edge.chats
where ward_id = @ward_id and draft is not null and touched_at <= @before and (look_at is null or look_at <= @now)
order by touched_at
limit @most
for update skip locked;

-- name: DropDraft :exec
update edge.chats set draft = null, back = null, look_at = null where ward_id = @ward_id and who = @who;

-- name: KeepDraft :exec
update edge.chats set draft = @draft, look_at = @look_at where ward_id = @ward_id and who = @who;

-- name: ForgetChats :execrows
-- A chat in the default language without a dialog needs no row; another language
-- is remembered for a while, and so are the cases the ward writes to it about, and what the
-- person has chosen.
delete from edge.chats
where draft is null and code is null and chosen is null and (kept_until is null or kept_until <= @now) and (lang in ('', @default_lang) or touched_at < @before);

-- name: ForgetCodes :exec
update edge.chats set code = null, code_until = null where ward_id = @ward_id and code_until <= @now;

-- name: SpokenTo :one
-- What the ward said to a chat; the row stays locked until the end of the transaction.
select spoken from edge.chats where ward_id = @ward_id and who = @who for update;

-- name: SaveSpoken :exec
-- The rounded time tells of a new row no more than that it will be kept.
insert into edge.chats (ward_id, who, lang, touched_at, spoken, kept_until)
values (@ward_id, @who, '', @rounded, @spoken, @kept_until)
on conflict (ward_id, who) do update
set spoken = excluded.spoken, kept_until = greatest(chats.kept_until, excluded.kept_until);

-- name: ForgetThreads :exec
update edge.chats set spoken = null, thread = null, kept_until = null where ward_id = @ward_id and kept_until <= @now;

-- name: ChosenDue :many
-- What was chosen that is to be looked at again. The rows stay locked until the end of the
-- transaction.
select who, chosen, chosen_until from edge.chats
where ward_id = @ward_id and chosen_until <= @now
order by chosen_until
limit @most
for update skip locked;

-- name: SaveChosen :exec
update edge.chats set chosen = @chosen, chosen_until = sqlc.narg(chosen_until) where ward_id = @ward_id and who = @who;

-- name: ChosenOf :many
select who, chosen from edge.chats where ward_id = @ward_id and who = any(@whos::bytea[]) and chosen is not null;

-- name: KeyOfCase :one
select case_key from casework.cases where stream = @stream and ward_id = @ward_id and id = @id;

-- name: KeepDiscreet :exec
insert into edge.discreet (id, ward_id, who, body, kept_until) values (@id, @ward_id, @who, @body, @kept_until);

-- name: Discreet :one
select body from edge.discreet where id = @id and ward_id = @ward_id and who = @who;

-- name: DropDiscreet :exec
delete from edge.discreet where ward_id = @ward_id and who = @who;

-- name: SweepDiscreet :exec
delete from edge.discreet where ward_id = @ward_id and kept_until <= @now;

-- name: Hit :one
-- Counts one, in the window that is open. One that ends later than a new one would was
-- opened by a clock that was ahead.
insert into edge.meters (ward_id, name, n, until) values (@ward_id, @name, 1, @until)
on conflict (ward_id, name) do update
set n = case when edge.meters.until <= @now or edge.meters.until > excluded.until then 1 else edge.meters.n + 1 end,
    until = case when edge.meters.until <= @now or edge.meters.until > excluded.until then excluded.until else edge.meters.until end
returning n;

-- name: SetMeter :exec
insert into edge.meters (ward_id, name, n, until) values (@ward_id, @name, 1, @until)
on conflict (ward_id, name) do update set until = excluded.until;

-- name: MeterUntil :one
select until from edge.meters where ward_id = @ward_id and name = @name and until > @now;

-- name: SweepMeters :exec
delete from edge.meters where until < @before;

-- name: Mute :exec
insert into edge.mutes (ward_id, who, until) values (@ward_id, @who, @until)
on conflict (ward_id, who) do update set until = excluded.until;

-- name: SweepMutes :exec
delete from edge.mutes where until < @before;

-- name: TouchDiscreet :exec
update edge.discreet set kept_until = kept_until where ward_id = @ward_id and id = @id;
