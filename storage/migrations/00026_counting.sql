-- +goose Up

-- What is counted with another report is found by the receipt of that, so that figures of
-- a period look at merges of this period only.
create index merges_period on casework.merges (ward_id, into_at) where live;

-- What has ended of what the police were given.
create index cases_handed on casework.report_cases (ward_id, ended_at desc) where ended_at is not null and forwarded_at is not null;

-- Files that may be due: their rows stay when they are destroyed.
create index files_stored on casework.files (ward_id) where state = 'stored';
