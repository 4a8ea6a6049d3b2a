-- +goose Up

-- The SHA-256 and the true size of a stored file, sealed under the key of its case. In clear
-- they join two cases in which the same file was sent. A program of the release before
-- writes them in clear; the program seals them later.
alter table casework.files add column facts bytea;
create index files_bare on casework.files (ward_id, stream) where sha256 is not null;
