-- +goose Up

-- Which couriers deliver at present. A courier holds the advisory lock (0x68657265, number)
-- with a session of its own for as long as it lives; the lock of one that was killed is
-- free at once, and the others end its leases. A lease without a number ends by its time
-- alone.
create table edge.couriers (
    ward_id int not null,
    number int not null,                     -- drawn by the program at its start
    primary key (ward_id, number)
);
alter table edge.couriers enable row level security;
create policy present_ward on edge.couriers to tinbao_desk using (ward_id = ward.present());
grant select, insert, delete on edge.couriers to tinbao_desk;

alter table edge.outbox add column leased_by int; -- number of the courier that holds the lease
