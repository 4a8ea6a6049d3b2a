-- +goose Up

-- A receipt lets anybody who saw it read a case and add to it. Deciding about it (consent,
-- withdrawal, deletion) belongs to the chat that sent it, or to who knows the word that was
-- chosen for it. The default is for programs of the release before.
alter table casework.routes add column own boolean not null default false;
update casework.routes r set own = true
from casework.cases c
where c.stream = r.stream and c.ward_id = r.ward_id and c.id = r.case_id and r.made_at = c.received_at;
grant update (own) on casework.routes to tinbao_report, tinbao_help;

alter table casework.cases add column word bytea;         -- argon2id of the word, null = none was chosen
alter table casework.cases add column elsewhere_on date;  -- when its chat was last told that another place opened it
