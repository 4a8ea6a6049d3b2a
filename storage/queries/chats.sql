-- name: QuietDrafts :many
-- Dialogs left alone too long. The rows stay locked until the end of the transaction.
select who, lang, back from edge.chats
where ward_id = @ward_id and draft is not null and touched_at < @before
order by touched_at
limit @most
for update skip locked;

-- name: DropDrafts :exec
update edge.chats set draft = null, back = null where ward_id = @ward_id and who = any(@who::bytea[]);

-- name: ForgetChats :execrows
-- A chat in the default language without a dialog needs no row; another language
-- is remembered for a while.
delete from edge.chats
where draft is null and (lang = @default_lang or touched_at < @before);
