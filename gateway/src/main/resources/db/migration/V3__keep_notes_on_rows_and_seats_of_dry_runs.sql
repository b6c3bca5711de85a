-- What a service had to add about a part of a row that it applied: which seats a restored user held.
CREATE TABLE row_note (
  tenant_id text   NOT NULL,
  job_id    uuid   NOT NULL,
  row_no    bigint NOT NULL,
  part      text   NOT NULL,
  detail    text   NOT NULL,  -- may name a person; not for operators
  PRIMARY KEY (tenant_id, job_id, row_no, part)
);

ALTER TABLE row_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE row_note FORCE ROW LEVEL SECURITY;
CREATE POLICY tenants_of_the_transaction ON row_note TO ${app}
  USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
  WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
GRANT SELECT, INSERT ON row_note TO ${app};
CREATE POLICY everything_to_read ON row_note FOR SELECT TO ${auditor} USING (true);
GRANT SELECT ON row_note TO ${auditor};

-- What license-service told of a dry run's seats once it had ended: asked for once, so that watching
-- a job costs nothing there. null: not asked yet.
ALTER TABLE job_view ADD COLUMN seats json;
GRANT SELECT (seats) ON job_view TO ${finder};
