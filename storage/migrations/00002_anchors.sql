-- +goose Up

-- Anchors of the history: a keyed code over every row up to a moment. The code is
-- also sent to the leader's chat, where nobody with the database can change it.
create table casework.anchors (
    stream text not null check (stream in ('report', 'help')),
    ward_id int not null references ward.wards,
    at timestamptz not null,                 -- rows up to this moment are covered
    rows bigint not null,                    -- how many
    code bytea not null,
    primary key (stream, ward_id, at)
);
alter table casework.anchors enable row level security;
create policy reports on casework.anchors to tinbao_report using (stream = 'report' and ward_id = ward.present());
create policy help on casework.anchors to tinbao_help using (stream = 'help' and ward_id = ward.present());
grant select, insert on casework.anchors to tinbao_report, tinbao_help;

-- Whoever gets past the rights still cannot change or remove a row of the history.
-- +goose StatementBegin
create function casework.append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the history is appended only';
end $$;
-- +goose StatementEnd
create trigger append_only before update or delete on casework.events
    for each row execute function casework.append_only();
create index events_time on casework.events (ward_id, at);
