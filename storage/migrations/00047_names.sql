-- +goose Up

-- The name under which it is looked up whether a chat is muted. It differs from the name of
-- the lane, so that what stands of a chat in one table is not found in another. Null in rows
-- of programs of the release before, whose mutes stand under the lane.
alter table edge.updates add column aside bytea;

-- A row of a chat in which nothing is left to remember goes at once, whoever emptied it:
-- that a chat wrote some time ago is nobody's business.
-- +goose StatementBegin
create function edge.forget_empty_chat() returns trigger language plpgsql as $$
begin
    delete from edge.chats c where c.ward_id = new.ward_id and c.who = new.who
        and c.draft is null and c.code is null and c.spoken is null and c.thread is null and c.chosen is null and c.lang = '';
    return null;
end $$;
-- +goose StatementEnd
create trigger forget_empty after insert or update on edge.chats for each row
    when (new.draft is null and new.code is null and new.spoken is null and new.thread is null and new.chosen is null and new.lang = '')
    execute function edge.forget_empty_chat();

-- What stands there from before: times by the day where no draft is open, and no empty rows.
delete from edge.chats where draft is null and code is null and spoken is null and thread is null and chosen is null and lang = '';
update edge.chats set touched_at = date_trunc('day', touched_at, 'Asia/Ho_Chi_Minh') where draft is null;

-- A message that was given up holds the name of no chat.
update edge.outbox set lane = ''::bytea, slot = null, queued_at = date_trunc('day', queued_at), not_before = date_trunc('day', not_before)
where failed_at is not null;
