-- +goose Up

-- Information for residents. Each text that was ever written is a row of its own.
create table ward.pages (
    ward_id int not null references ward.wards,
    key text not null,
    lang text not null check (lang in ('vi', 'en')),
    version int not null check (version > 0),
    state text not null check (state in ('draft', 'published', 'former')),
    sealed bytea not null,                   -- sealed: title and text
    file_kind text not null default '',      -- photo or document; '' = no file
    file_mime text not null default '',
    payload bytea,                           -- sealed: the cleaned file
    by_staff bigint not null references ward.staff,
    at timestamptz not null,
    published_at timestamptz,
    primary key (ward_id, key, lang, version)
);
create unique index pages_published on ward.pages (ward_id, key, lang) where state = 'published';
create trigger refuse_retired before insert or update of sealed on ward.pages
    for each row execute function edge.refuse_retired('sealed');
create trigger refuse_retired_payload before insert or update of payload on ward.pages
    for each row execute function edge.refuse_retired('payload');

-- How often a page was opened in a day, by nobody in particular.
create table ward.page_reads (
    ward_id int not null references ward.wards,
    key text not null,
    lang text not null,
    day date not null,
    n int not null,
    primary key (ward_id, key, lang, day)
);

-- Chats that get news of the ward, until they say no.
create table edge.subscribers (
    ward_id int not null references ward.wards,
    who bytea not null,                      -- keyed hash of the chat
    route bytea not null,                    -- sealed way back
    primary key (ward_id, who)
);
create trigger refuse_retired before insert or update of route on edge.subscribers
    for each row execute function edge.refuse_retired('route');

-- A published text that goes out to the subscribers: once, in batches.
create table ward.page_sends (
    ward_id int not null,
    key text not null,
    lang text not null,
    version int not null,
    by_staff bigint not null references ward.staff,
    at timestamptz not null,
    after bytea not null default '',         -- the last subscriber who was served
    reached int not null default 0,
    done_at timestamptz,
    primary key (ward_id, key, lang, version),
    foreign key (ward_id, key, lang, version) references ward.pages
);

-- Pages of the web that were sent in, so that nothing happens twice. No case is named.
create table edge.web_forms (
    ward_id int not null references ward.wards,
    token bytea not null,                    -- keyed hash
    until timestamptz not null,
    primary key (ward_id, token)
);

grant select, insert, update on ward.pages, ward.page_reads, ward.page_sends to tinbao_desk;
grant select, insert, update, delete on edge.subscribers to tinbao_desk;
grant select, insert, delete on edge.web_forms to tinbao_desk;
-- +goose StatementBegin
do $$
declare tab text;
begin
    foreach tab in array array['ward.pages', 'ward.page_reads', 'ward.page_sends', 'edge.subscribers', 'edge.web_forms'] loop
        execute format('alter table %s enable row level security', tab);
        execute format('create policy present_ward on %s to tinbao_desk using (ward_id = ward.present())', tab);
    end loop;
end $$;
-- +goose StatementEnd
