-- What goes with a job's day is found by the job: reading the whole table for each day that goes would take as long as
-- the table is large. Jobs' ids rise with time, so the index grows at its end only.
CREATE INDEX given_back_by_job ON given_back (job_id);
CREATE INDEX exact_set_by_job ON exact_set (job_id);

-- A portion is deleted by where its rows lie. The finder still sees nobody's name.
GRANT SELECT (ctid) ON given_back, exact_set TO ${finder};
