ALTER TABLE job
  -- Nothing is dispatched before; null for at once.
  ADD COLUMN start_at              timestamptz,
  -- Since when the spool is gone.
  ADD COLUMN closed_at             timestamptz,
  -- How many failed rows stop the job, as asked for; null for the default.
  ADD COLUMN max_failures          text,
  -- A guard that somebody has overruled stays so for this job.
  ADD COLUMN max_failures_disarmed boolean NOT NULL DEFAULT false,
  ADD COLUMN blast_radius_disarmed boolean NOT NULL DEFAULT false,
  -- The tenant's active accounts when that was last asked; null while nobody could tell.
  ADD COLUMN active_accounts       bigint,
  -- The upload was to be taken though the same file was taken before: so is a dry run's real one.
  ADD COLUMN allow_duplicate       boolean NOT NULL DEFAULT false,
  -- Of an undo job, and of a retry of one: the job whose rows are taken back.
  ADD COLUMN reverts               uuid;

CREATE INDEX job_to_close ON job (closes_at) WHERE closes_at IS NOT NULL AND closed_at IS NULL;
CREATE INDEX job_by_parent ON job (tenant_id, parent) WHERE parent IS NOT NULL;
CREATE INDEX job_by_end ON job (finished_at) WHERE finished_at IS NOT NULL;

-- Rows that remove or disable accounts, by the time at which they were handed to the bus.
CREATE TABLE blast_radius (
  tenant_id text        NOT NULL,
  slot      timestamptz NOT NULL,
  rows      bigint      NOT NULL,
  PRIMARY KEY (tenant_id, slot)
);

-- The operators' switch: a tenant whose rows are not dispatched, or '*' for all of them.
CREATE TABLE dispatch_halt (
  tenant_id text        NOT NULL PRIMARY KEY,
  since     timestamptz NOT NULL
);

ALTER TABLE blast_radius ENABLE ROW LEVEL SECURITY;
ALTER TABLE blast_radius FORCE ROW LEVEL SECURITY;
ALTER TABLE dispatch_halt ENABLE ROW LEVEL SECURITY;
ALTER TABLE dispatch_halt FORCE ROW LEVEL SECURITY;

CREATE POLICY tenants_of_the_transaction ON blast_radius TO ${app}
  USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
  WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
CREATE POLICY tenants_of_the_transaction ON dispatch_halt TO ${app}
  USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
  WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
CREATE POLICY find_work ON dispatch_halt FOR SELECT TO ${finder} USING (true);
CREATE POLICY read_all ON blast_radius FOR SELECT TO ${auditor} USING (true);
CREATE POLICY read_all ON dispatch_halt FOR SELECT TO ${auditor} USING (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON blast_radius TO ${app};
GRANT SELECT, INSERT, DELETE ON dispatch_halt TO ${app};
GRANT SELECT ON dispatch_halt TO ${finder};
-- Counts and times, nothing of anybody's content.
GRANT SELECT (start_at, closes_at, closed_at, finished_at, succeeded, failed, cancelled, refused, operation, dry_run)
  ON job TO ${finder};
GRANT SELECT ON blast_radius, dispatch_halt TO ${auditor};
