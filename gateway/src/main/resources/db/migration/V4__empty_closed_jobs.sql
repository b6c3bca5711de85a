-- What is kept of a job by its rows goes when it is closed; its numbers stay for long.
ALTER TABLE job_view
  ADD COLUMN closed_at  timestamptz,  -- as its owner told it; null: not yet
  ADD COLUMN emptied_at timestamptz;  -- since when nothing is kept by its rows

CREATE INDEX job_view_to_empty ON job_view (closed_at) WHERE closed_at IS NOT NULL AND emptied_at IS NULL;
CREATE INDEX job_view_to_forget ON job_view (closed_at)
  WHERE emptied_at IS NOT NULL AND source NOT IN ('SINGLE', 'SCIM');
CREATE INDEX job_view_of_single_calls_to_forget ON job_view (closed_at)
  WHERE emptied_at IS NOT NULL AND source IN ('SINGLE', 'SCIM');

-- Forced row-level security would hide what is there from its owner.
ALTER TABLE job_view NO FORCE ROW LEVEL SECURITY;
UPDATE job_view SET closed_at = (snapshot ->> 'closedAt')::timestamptz WHERE snapshot ->> 'closedAt' IS NOT NULL;
ALTER TABLE job_view FORCE ROW LEVEL SECURITY;

GRANT SELECT (closed_at, emptied_at) ON job_view TO ${finder};
GRANT DELETE ON job_progress, row_failure, row_note, failure_count, job_view TO ${app};
