-- The number of an admission; with the row it is a command's stamp.
CREATE SEQUENCE submission;

CREATE TABLE job (
  tenant_id         text        NOT NULL,
  id                uuid        NOT NULL,
  version           bigint      NOT NULL,
  -- The newest version that the gateway was told; below version = an event is still owed.
  published_version bigint      NOT NULL DEFAULT 0,
  submission        bigint      NOT NULL,
  operation         text,
  state             text        NOT NULL,
  reason_code       text,
  reason_detail     text,
  source            text        NOT NULL,
  submitted_by      text        NOT NULL,
  submitted_at      timestamptz NOT NULL,
  started_at        timestamptz,
  finished_at       timestamptz,
  closes_at         timestamptz,
  total             bigint      NOT NULL,
  refused           bigint      NOT NULL,
  succeeded         bigint      NOT NULL DEFAULT 0,
  failed            bigint      NOT NULL DEFAULT 0,
  cancelled         bigint      NOT NULL DEFAULT 0,
  -- When the counts last moved: a job whose rows don't end is sent again after a while of silence.
  progressed_at     timestamptz,
  -- With the digest these make a file a duplicate: what was asked for, not what its rows say.
  file_sha256       text,
  requested         text        NOT NULL,
  licenses          text        NOT NULL DEFAULT '',
  dry_run           boolean     NOT NULL DEFAULT false,
  parent            uuid,
  -- What never changes after admission, as JSON: the snapshot of that moment, and who submitted.
  admitted          text        NOT NULL,
  actor             text        NOT NULL,
  -- A job of one row keeps it here, sealed, instead of in a spool.
  sealed_row        bytea,
  PRIMARY KEY (tenant_id, id),
  CHECK (succeeded + failed + cancelled + refused <= total)
);

CREATE INDEX job_by_digest ON job (tenant_id, file_sha256, requested, submitted_at)
  WHERE file_sha256 IS NOT NULL;
CREATE INDEX job_with_event_owed ON job (submitted_at) WHERE published_version < version;
CREATE INDEX job_not_final ON job (submitted_at)
  WHERE state IN ('QUEUED', 'RUNNING', 'PAUSED', 'CANCELLING');

CREATE TABLE dispatch_checkpoint (
  tenant_id    text        NOT NULL,
  job_id       uuid        NOT NULL,
  submission   bigint      NOT NULL,
  single       boolean     NOT NULL,
  -- Who dispatches this job, under which epoch, and until when nobody else may.
  owner        text,
  epoch        bigint      NOT NULL DEFAULT 0,
  lease_until  timestamptz NOT NULL DEFAULT '-infinity',
  total        bigint      NOT NULL,
  -- Stored before a slice is sent, and after it was acknowledged: whoever takes over sends
  -- (acked_row, intended_row] again.
  intended_row bigint      NOT NULL DEFAULT 0,
  acked_row    bigint      NOT NULL DEFAULT 0,
  -- Commands among the rows up to intended_row: door refusals are not in here.
  dispatched   bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, job_id),
  FOREIGN KEY (tenant_id, job_id) REFERENCES job (tenant_id, id) ON DELETE CASCADE,
  CHECK (acked_row <= intended_row AND intended_row <= total)
);

CREATE INDEX checkpoint_to_dispatch ON dispatch_checkpoint (submission) WHERE acked_row < total;

CREATE TABLE idempotency_claim (
  tenant_id      text        NOT NULL,
  subject        text        NOT NULL,
  key            text        NOT NULL,
  -- Over operation, parameters and the file's digest.
  request_sha256 text        NOT NULL,
  job_id         uuid        NOT NULL,
  expires_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, subject, key)
);

ALTER TABLE job ENABLE ROW LEVEL SECURITY;
ALTER TABLE job FORCE ROW LEVEL SECURITY;
ALTER TABLE dispatch_checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE dispatch_checkpoint FORCE ROW LEVEL SECURITY;
ALTER TABLE idempotency_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_claim FORCE ROW LEVEL SECURITY;

CREATE POLICY tenants_of_the_transaction ON job TO ${app}
  USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
  WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY tenants_of_the_transaction ON dispatch_checkpoint TO ${app}
  USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
  WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY tenants_of_the_transaction ON idempotency_claim TO ${app}
  USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
  WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));

-- The finder sees which jobs need work, of all tenants, and nothing of their content.
CREATE POLICY find_work ON job FOR SELECT TO ${finder} USING (true);
CREATE POLICY find_work ON dispatch_checkpoint FOR SELECT TO ${finder} USING (true);
CREATE POLICY read_all ON job FOR SELECT TO ${auditor} USING (true);
CREATE POLICY read_all ON dispatch_checkpoint FOR SELECT TO ${auditor} USING (true);
CREATE POLICY read_all ON idempotency_claim FOR SELECT TO ${auditor} USING (true);

GRANT USAGE ON SEQUENCE submission TO ${app};
GRANT SELECT, INSERT, UPDATE ON job TO ${app};
GRANT SELECT, INSERT, UPDATE ON dispatch_checkpoint TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_claim TO ${app};
GRANT SELECT (tenant_id, id, state, version, published_version, submitted_at, total, progressed_at, source)
  ON job TO ${finder};
GRANT SELECT ON dispatch_checkpoint TO ${finder};
GRANT SELECT ON job, dispatch_checkpoint, idempotency_claim TO ${auditor};
