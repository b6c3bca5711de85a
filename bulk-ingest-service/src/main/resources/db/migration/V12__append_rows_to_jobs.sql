-- A job that grows takes the rows of one day while it runs: HR's.
ALTER TABLE job
  -- The UTC day whose rows it takes; null for every job that doesn't grow.
  ADD COLUMN day              date,
  -- Whether it still takes rows, and until when at the latest. Before that it doesn't end, though all its rows have.
  ADD COLUMN takes_rows       boolean NOT NULL DEFAULT false,
  ADD COLUMN takes_rows_until timestamptz,
  -- Its rows are in job_row; not any more when it is closed.
  ADD COLUMN keeps_rows       boolean NOT NULL DEFAULT false;

-- One at a time for each tenant and day; a further one only when that was cancelled, or a row comes too late.
CREATE UNIQUE INDEX job_that_takes_rows ON job (tenant_id, day) WHERE takes_rows;
CREATE INDEX job_that_grows ON job (submitted_at) WHERE day IS NOT NULL AND finished_at IS NULL;
CREATE INDEX job_whose_rows_go ON job (closed_at) WHERE keeps_rows AND closed_at IS NOT NULL;

CREATE TABLE job_row (
  tenant_id       text        NOT NULL,
  job_id          uuid        NOT NULL,
  row_no          bigint      NOT NULL,
  -- Of the rows that were appended together; with row_no the command's stamp.
  submission      bigint      NOT NULL,
  -- Readable as this row of this job of this tenant alone.
  sealed          bytea       NOT NULL,
  -- What was heard of its parts; null: nothing, or there is no such part.
  user_part       text,
  user_code       text,
  user_detail     text,       -- may name a person
  license_part    text,
  license_code    text,
  license_detail  text,       -- may name a person
  -- All its parts have come to their end, or it was cancelled; whoever is to hear that has.
  ended           boolean     NOT NULL DEFAULT false,
  told            boolean     NOT NULL DEFAULT false,
  -- On the bus and without an end since then; null while nobody has looked.
  waits_since     timestamptz,
  PRIMARY KEY (tenant_id, job_id, row_no),
  FOREIGN KEY (tenant_id, job_id) REFERENCES job (tenant_id, id) ON DELETE CASCADE
) WITH (fillfactor = 80); -- each row changes a few times, soon after it came

CREATE INDEX job_row_without_end ON job_row (tenant_id, job_id, row_no) WHERE NOT ended;
CREATE INDEX job_row_to_tell ON job_row (tenant_id, job_id, row_no) WHERE ended AND NOT told;

ALTER TABLE job_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE job_row FORCE ROW LEVEL SECURITY;

CREATE POLICY tenants_of_the_transaction ON job_row TO ${app}
  USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
  WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
CREATE POLICY find_work ON job_row FOR SELECT TO ${finder} USING (true);
CREATE POLICY read_all ON job_row FOR SELECT TO ${auditor} USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON job_row TO ${app};
-- Which rows wait, of whatever tenant; nothing of what they say.
GRANT SELECT (tenant_id, job_id, row_no, ended, told, waits_since) ON job_row TO ${finder};
GRANT SELECT (day, takes_rows, takes_rows_until, keeps_rows) ON job TO ${finder};
GRANT SELECT ON job_row TO ${auditor};
