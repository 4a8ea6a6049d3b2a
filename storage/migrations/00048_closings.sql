-- +goose Up

-- What is told of reports received in a month to those who may open none: decided once, when
-- the month has ended, and never changed. told is {dimension: {value: number}}.
create table casework.month_closings (
    stream text not null default 'report' check (stream = 'report'),
    ward_id int not null references ward.wards,
    month date not null,                     -- its first day
    told jsonb not null,
    primary key (ward_id, month)
);
grant select, insert on casework.month_closings to tinbao_report;
alter table casework.month_closings enable row level security;
create policy reports on casework.month_closings to tinbao_report using (stream = 'report' and ward_id = ward.present());

-- Readings of pages are counted by week: the rows of a week come together on its Monday.
create temporary table weeks on commit drop as
    select ward_id, key, lang, date_trunc('week', day::timestamp)::date as day, sum(n)::int as n from ward.page_reads group by 1, 2, 3, 4;
delete from ward.page_reads;
insert into ward.page_reads (ward_id, key, lang, day, n) select ward_id, key, lang, day, n from weeks;
