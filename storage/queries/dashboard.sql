-- name: DropDashboardLinks :exec
-- An account has one link at a time.
delete from ward.dashboard_links where ward_id = @ward_id and staff_id = @staff_id;

-- name: AddDashboardLink :exec
insert into ward.dashboard_links (ward_id, hash, staff_id, expires_at) values (@ward_id, @hash, @staff_id, @expires_at);

-- name: UseDashboardLink :one
-- A link opens one session, in time; of two at once the second finds it gone.
delete from ward.dashboard_links where ward_id = @ward_id and hash = @hash and expires_at > @now returning staff_id;

-- name: AddDashboardSession :exec
insert into ward.dashboard_sessions (ward_id, hash, staff_id, expires_at) values (@ward_id, @hash, @staff_id, @expires_at);

-- name: DashboardSession :one
select staff_id from ward.dashboard_sessions where ward_id = @ward_id and hash = @hash and expires_at > @now;

-- name: EndDashboardSession :exec
delete from ward.dashboard_sessions where ward_id = @ward_id and hash = @hash;

-- name: SweepDashboardLinks :execrows
delete from ward.dashboard_links where expires_at < @before;

-- name: SweepDashboardSessions :execrows
delete from ward.dashboard_sessions where expires_at < @before;
