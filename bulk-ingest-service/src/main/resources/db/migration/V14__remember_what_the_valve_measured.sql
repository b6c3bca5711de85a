-- How many active accounts there were before the first of a window was disabled: what a feed may disable is a share of
-- these, however many of them are gone by now. docs/decisions/0025-how-events-of-hr-become-rows.md.
ALTER TABLE hr_feed
  ADD COLUMN measured    bigint,
  ADD COLUMN measured_at timestamptz;
