-- +goose Up

-- Programs of two versions run side by side while they are replaced. A program runs on a
-- schema newer than the one it was made for as long as that is not older than the oldest
-- named here. Migrations only add; one that takes something away or makes a rule stricter
-- says from which schema on programs can bear it:
--     select edge.narrow(28);
create table edge.compatibility (
    single boolean primary key default true check (single),
    oldest bigint not null                   -- programs made for an older schema may not run beside this one
);
insert into edge.compatibility (oldest) values (26);
grant select on edge.compatibility to tinbao_desk;

-- +goose StatementBegin
create function edge.narrow(schema bigint) returns void language sql as $$
    update edge.compatibility set oldest = greatest(oldest, schema)
$$;
-- +goose StatementEnd
revoke execute on function edge.narrow from public;
