-- +goose Up

-- The first waiting update is looked for by number, the first of its chat by lane. Each
-- look-up names a condition that only its index has, and so can use no other: of a
-- sudden flood the planner knows nothing yet, and a wrong guess makes every claim read
-- the whole backlog.
drop index edge.updates_waiting;
drop index edge.updates_lane;
create index updates_waiting on edge.updates (bot_id, update_id) where state = 'waiting' and attempts >= 0;
create index updates_lane on edge.updates (bot_id, lane, update_id) where state = 'waiting' and update_id >= 0;
