-- What a tenant may begin is a bucket that fills by itself: whoever was quiet may begin many at once, whoever isn't as
-- many as flow in. Negative never; more than its size never.
ALTER TABLE tenant
  ADD COLUMN max_single_calls_per_minute integer CHECK (max_single_calls_per_minute > 0),
  ADD COLUMN uploads_left          double precision NOT NULL DEFAULT 'infinity',
  ADD COLUMN uploads_left_at       timestamptz      NOT NULL DEFAULT now(),
  ADD COLUMN single_calls_left     double precision NOT NULL DEFAULT 'infinity',
  ADD COLUMN single_calls_left_at  timestamptz      NOT NULL DEFAULT now(),
  DROP COLUMN minute_began,
  DROP COLUMN uploads_in_minute;
