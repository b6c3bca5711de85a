-- The gateway's view of jobs and its counts of rows. Every table leads with the tenant and shows a
-- transaction only the tenants that it named (muster.tenants).

-- One row per job: bulk-ingest-service's newest snapshot beside the gateway's own counters.
CREATE TABLE job_view (
  tenant_id      text        NOT NULL,
  job_id         uuid        NOT NULL,
  version        bigint      NOT NULL DEFAULT 0,  -- 0: results came before the job's first snapshot
  operation      text,                            -- null: rows differ (MIXED)
  state          text,
  source         text,
  submitted_by   text,                            -- personal; not in the snapshot, not for operators
  file_name      text,                            -- personal; not in the snapshot, not for operators
  rows_on_bus    bigint      NOT NULL DEFAULT 0,  -- total less those refused at the door or cancelled
  snapshot       json,                            -- json, not jsonb: keeps any character of a header
  succeeded      bigint      NOT NULL DEFAULT 0 CHECK (succeeded >= 0),
  failed         bigint      NOT NULL DEFAULT 0 CHECK (failed >= 0),  -- by services, not at the door
  last_result_at timestamptz,
  unreported     boolean     NOT NULL DEFAULT false,  -- counts that job-progress doesn't tell yet
  revision       bigint      NOT NULL DEFAULT 1,      -- rises whenever a watcher has something to see
  PRIMARY KEY (tenant_id, job_id)
) WITH (fillfactor = 50);  -- counters change often: leave room to do it in place

CREATE INDEX job_view_listed ON job_view (tenant_id, job_id) WHERE source NOT IN ('SINGLE', 'SCIM');
CREATE INDEX job_view_of_submitter ON job_view (tenant_id, submitted_by, job_id);
CREATE INDEX job_view_of_all_tenants ON job_view (job_id);
CREATE INDEX job_view_unreported ON job_view (job_id) WHERE unreported;

-- Planes of bits for 1,024 rows of a job: row r is bit r % 1024 of chunk r / 1024. An empty plane
-- has no bit set. expected: the row has this part; applied, ended, refused: see PartsOfARow.
CREATE TABLE job_progress (
  tenant_id        text  NOT NULL,
  job_id           uuid  NOT NULL,
  chunk            int   NOT NULL,
  user_expected    bytea NOT NULL DEFAULT '',
  user_applied     bytea NOT NULL DEFAULT '',
  user_ended       bytea NOT NULL DEFAULT '',
  user_refused     bytea NOT NULL DEFAULT '',
  license_expected bytea NOT NULL DEFAULT '',
  license_applied  bytea NOT NULL DEFAULT '',
  license_ended    bytea NOT NULL DEFAULT '',
  license_refused  bytea NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, job_id, chunk)
) WITH (fillfactor = 50);

-- Why a service refused its part of a row.
CREATE TABLE row_failure (
  tenant_id text   NOT NULL,
  job_id    uuid   NOT NULL,
  row_no    bigint NOT NULL,
  part      text   NOT NULL,
  code      text   NOT NULL,
  detail    text,             -- may name a person; not for operators
  PRIMARY KEY (tenant_id, job_id, row_no, part)
);

-- Rows that services failed, by the code that is shown for them.
CREATE TABLE failure_count (
  tenant_id text   NOT NULL,
  job_id    uuid   NOT NULL,
  code      text   NOT NULL,
  rows      bigint NOT NULL,
  PRIMARY KEY (tenant_id, job_id, code)
);

ALTER TABLE job_view ENABLE ROW LEVEL SECURITY;
ALTER TABLE job_view FORCE ROW LEVEL SECURITY;
ALTER TABLE job_progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE job_progress FORCE ROW LEVEL SECURITY;
ALTER TABLE row_failure ENABLE ROW LEVEL SECURITY;
ALTER TABLE row_failure FORCE ROW LEVEL SECURITY;
ALTER TABLE failure_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE failure_count FORCE ROW LEVEL SECURITY;

CREATE POLICY tenants_of_the_transaction ON job_view TO ${app}
  USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
  WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY tenants_of_the_transaction ON job_progress TO ${app}
  USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
  WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY tenants_of_the_transaction ON row_failure TO ${app}
  USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
  WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY tenants_of_the_transaction ON failure_count TO ${app}
  USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
  WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
GRANT SELECT, INSERT, UPDATE ON job_view, job_progress, failure_count TO ${app};
GRANT SELECT, INSERT ON row_failure TO ${app};

-- Operators see all tenants' jobs by number, and reports go out for all tenants: everything but the
-- columns that hold or may hold personal data.
CREATE POLICY numbers_of_all_tenants ON job_view FOR SELECT TO ${finder} USING (true);
CREATE POLICY numbers_of_all_tenants ON job_progress FOR SELECT TO ${finder} USING (true);
CREATE POLICY numbers_of_all_tenants ON row_failure FOR SELECT TO ${finder} USING (true);
CREATE POLICY numbers_of_all_tenants ON failure_count FOR SELECT TO ${finder} USING (true);
GRANT SELECT (tenant_id, job_id, version, operation, state, source, rows_on_bus, snapshot, succeeded,
              failed, last_result_at, unreported, revision) ON job_view TO ${finder};
GRANT SELECT ON job_progress, failure_count TO ${finder};
GRANT SELECT (tenant_id, job_id, row_no, part, code) ON row_failure TO ${finder};

CREATE POLICY everything_to_read ON job_view FOR SELECT TO ${auditor} USING (true);
CREATE POLICY everything_to_read ON job_progress FOR SELECT TO ${auditor} USING (true);
CREATE POLICY everything_to_read ON row_failure FOR SELECT TO ${auditor} USING (true);
CREATE POLICY everything_to_read ON failure_count FOR SELECT TO ${auditor} USING (true);
GRANT SELECT ON job_view, job_progress, row_failure, failure_count TO ${auditor};
