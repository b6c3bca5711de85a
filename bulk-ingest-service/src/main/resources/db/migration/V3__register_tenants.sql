-- What operators lay down about a tenant. A quota that is null is none.
CREATE TABLE tenant (
  tenant_id              text        NOT NULL PRIMARY KEY,
  name                   text,
  -- Of new users, as written; none allows all.
  domains                text[]      NOT NULL DEFAULT '{}',
  max_open_jobs          integer     CHECK (max_open_jobs > 0),
  max_rows_per_job       bigint      CHECK (max_rows_per_job > 0),
  max_uploads_per_minute integer     CHECK (max_uploads_per_minute > 0),
  uploads_allowed        boolean     NOT NULL DEFAULT true,
  registered_at          timestamptz NOT NULL DEFAULT now(),
  updated_at             timestamptz NOT NULL DEFAULT now(),
  -- The operator; null while the tenant is as it was at its first use.
  updated_by             text,
  -- Uploads since the minute began with the first of them; kept only under a quota.
  minute_began           timestamptz NOT NULL DEFAULT '-infinity',
  uploads_in_minute      integer     NOT NULL DEFAULT 0
);

ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenant FORCE ROW LEVEL SECURITY;

CREATE POLICY tenants_of_the_transaction ON tenant TO ${app}
  USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
  WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
CREATE POLICY read_all ON tenant FOR SELECT TO ${auditor} USING (true);

GRANT SELECT, INSERT, UPDATE ON tenant TO ${app};
GRANT SELECT ON tenant TO ${auditor};
