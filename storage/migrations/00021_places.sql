-- +goose Up

-- The register of establishments. Each change is a row of its own: the newest version of
-- an establishment is what it is, the others are its history.
create table ward.establishments (
    ward_id int not null references ward.wards,
    id int not null,                         -- from 1 in each ward
    version int not null check (version > 0),
    at timestamptz not null,
    by_staff bigint references ward.staff,
    deed text not null,                      -- what this version did
    type text not null,                      -- key of the ward's list
    risk text not null,                      -- the same; '' = not said
    hamlet int not null,
    security boolean not null,               -- có điều kiện về an ninh trật tự
    vulnerable boolean not null,             -- dễ bị lợi dụng
    committed boolean not null,              -- a commitment was signed
    status text not null check (status in ('open', 'paused', 'closed', 'removed')),
    reviewed date,                           -- null = never
    import int not null default 0,           -- that wrote this version; 0 = none
    sealed bytea not null,                   -- name, address, owner, phone, licence, reason
    primary key (ward_id, id, version)
);
create index establishments_import on ward.establishments (ward_id, import) where import > 0;

-- Inspections, each change a row of its own, too.
create table ward.inspections (
    ward_id int not null references ward.wards,
    id int not null,                         -- from 1 in each ward
    version int not null check (version > 0),
    at timestamptz not null,
    by_staff bigint references ward.staff,
    deed text not null,
    establishment int not null,
    planned date not null,
    done date,                               -- null = not yet
    result text not null default '',
    cancelled boolean not null default false,
    sealed bytea not null,                   -- team, checklist, violations
    primary key (ward_id, id, version)
);

create table ward.inspection_photos (
    ward_id int not null references ward.wards,
    inspection int not null,
    n int not null,                          -- from 1
    at timestamptz not null,
    by_staff bigint not null references ward.staff,
    payload bytea not null,                  -- sealed: the cleaned photo
    primary key (ward_id, inspection, n)
);
alter table ward.inspection_photos alter column payload set storage external;

-- Lists the ward edits: types, risk classes, questions of an inspection. Each change of a
-- list is a row of its own.
create table ward.establishment_lists (
    ward_id int not null references ward.wards,
    list text not null check (list in ('type', 'risk', 'check')),
    version int not null check (version > 0),
    at timestamptz not null,
    by_staff bigint references ward.staff,
    sealed bytea not null,
    primary key (ward_id, list, version)
);

-- Files of establishments that were sent in: what would be done while they wait, only
-- numbers once it is done or dropped.
create table ward.establishment_imports (
    ward_id int not null references ward.wards,
    id int not null,                         -- from 1 in each ward
    at timestamptz not null,
    by_staff bigint not null references ward.staff,
    state text not null check (state in ('waiting', 'applied', 'dropped', 'undone')),
    fresh int not null,
    changed int not null,
    same int not null,
    wrong int not null,
    settled_at timestamptz,
    sealed bytea,                            -- the rows; null = not waiting
    primary key (ward_id, id)
);

-- Which reports are about an establishment. The tag is a keyed hash of both, so that the
-- row tells neither to whoever reads the database.
create table casework.establishment_links (
    stream text not null check (stream = 'report'),
    case_id uuid not null,
    ward_id int not null references ward.wards,
    tag bytea not null,
    at timestamptz not null,
    by_staff bigint not null references ward.staff,
    primary key (stream, case_id, tag),
    foreign key (stream, case_id) references casework.cases
);
alter table casework.establishment_links enable row level security;
create policy reports on casework.establishment_links to tinbao_report using (stream = 'report' and ward_id = ward.present());
create policy handed_over on casework.establishment_links to tinbao_police using (stream = 'report' and ward_id = ward.present()
    and exists (select from casework.cases c where c.stream = 'report' and c.id = case_id));
grant select, insert, delete on casework.establishment_links to tinbao_report, tinbao_police;

grant select, insert, update (sealed) on ward.establishments, ward.inspections, ward.establishment_lists to tinbao_desk;
grant select, insert, delete, update (payload) on ward.inspection_photos to tinbao_desk;
grant select, insert, update (state, settled_at, sealed) on ward.establishment_imports to tinbao_desk;
-- +goose StatementBegin
do $$
declare tab text; col text;
begin
    foreach tab in array array['establishments', 'inspections', 'inspection_photos', 'establishment_lists', 'establishment_imports'] loop
        col := case tab when 'inspection_photos' then 'payload' else 'sealed' end;
        execute format('alter table ward.%I enable row level security', tab);
        execute format('create policy present_ward on ward.%I to tinbao_desk using (ward_id = ward.present())', tab);
        execute format('create trigger refuse_retired before insert or update of %I on ward.%I
            for each row execute function edge.refuse_retired(%L)', col, tab, col);
    end loop;
end $$;
-- +goose StatementEnd
