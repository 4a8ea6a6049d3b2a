-- +goose Up

-- What is not yet a case belongs to one ward, too: a connection for another ward
-- does not even learn that a chat wrote.
-- +goose StatementBegin
do $$
declare tab text;
begin
    foreach tab in array array['updates', 'chats', 'outbox', 'meters', 'mutes'] loop
        execute format('alter table edge.%I enable row level security', tab);
        execute format('create policy present_ward on edge.%I to tinbao_desk using (ward_id = ward.present())', tab);
    end loop;
end $$;
-- +goose StatementEnd

-- The police take steps on a report; they do not give it another number, receipt or
-- content. A number that is taken would tell of a report they have not got.
revoke update on casework.cases from tinbao_police;
grant update (status, finding, kind, confirmed, service, version, events, head, assignee, lease_until, due_at, clock_at,
    verified_at, classified_at, forwarded_at, ended_at, late, silent,
    apart, reopen_by, reopen_at, consent_talk) on casework.cases to tinbao_police;
