-- +goose Up

-- Where the quick exit of the web form leads; '' = the program's own choice.
alter table ward.wards add column exit_url text not null default '';
