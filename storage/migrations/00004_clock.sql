-- +goose Up

-- When the limits of a case began to run anew: it was reopened or given back by the
-- police. null = they run from its receipt.
alter table casework.cases add column clock_at timestamptz;
