-- +goose Up

-- Whether the ward has agreed that help may reach the police without consent when
-- somebody is under 18 or a life is in danger.
alter table ward.wards add column police_exception boolean not null default false;

-- The only ways from a request for help to the police.
alter table casework.cases
    add column announced boolean not null default false, -- the exception stood before the person wrote
    add column consent_talk bigint;                        -- the message whose passing on the person is asked about
