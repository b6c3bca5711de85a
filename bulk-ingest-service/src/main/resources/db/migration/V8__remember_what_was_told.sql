-- The state that the gateway was told last: a job that runs after it was told as paused has been resumed.
ALTER TABLE job ADD COLUMN published_state text;
