-- name: CalmUpdates :execrows
-- What a clock that was ahead put off is due now.
update edge.updates set not_before = @now
where bot_id = @bot_id and state = 'waiting' and attempts >= 0 and not_before > @latest;

-- name: CalmOutbox :execrows
-- A message that was not tried yet never had to wait; one that was waits for a pause at
-- most. A lease that is longer than any is as long as the longest.
update edge.outbox
set not_before = case when fault = '' or not_before > @latest then @now else not_before end,
    queued_at = case when queued_at > @soon then @now else queued_at end,
    leased_until = case when leased_until > @leased_until then @leased_until else leased_until end
where ward_id = @ward_id and failed_at is null
  and (not_before > @latest or fault = '' and not_before > @soon or leased_until > @leased_until);
