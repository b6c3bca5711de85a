-- What stands on the topics of dead letters, so that it can be listed by tenant, paged, and marked as
-- re-driven. What the record holds is not copied: it stays on its own topic.
CREATE TABLE dead_letter (
  tenant_id        text        NOT NULL,  -- '-': nobody's, only operators see it
  id               uuid        NOT NULL,  -- UUIDv7: newer ones are greater
  source_topic     text        NOT NULL,
  source_partition int         NOT NULL,
  source_offset    bigint      NOT NULL,
  reason           text        NOT NULL,  -- a code
  put_by           text,                  -- the service that could not read it
  put_at           timestamptz NOT NULL,
  redriven_at      timestamptz,
  redriven_by      text,                  -- personal; not for operators
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, source_topic, source_partition, source_offset)
);

CREATE INDEX dead_letter_of_all_tenants ON dead_letter (id);
CREATE INDEX dead_letter_to_forget ON dead_letter (put_at);

ALTER TABLE dead_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE dead_letter FORCE ROW LEVEL SECURITY;

CREATE POLICY tenants_of_the_transaction ON dead_letter TO ${app}
  USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
  WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
GRANT SELECT, INSERT, UPDATE, DELETE ON dead_letter TO ${app};

CREATE POLICY numbers_of_all_tenants ON dead_letter FOR SELECT TO ${finder} USING (true);
GRANT SELECT (tenant_id, id, source_topic, source_partition, source_offset, reason, put_by, put_at, redriven_at)
   ON dead_letter TO ${finder};

CREATE POLICY everything_to_read ON dead_letter FOR SELECT TO ${auditor} USING (true);
GRANT SELECT ON dead_letter TO ${auditor};
