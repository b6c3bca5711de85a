-- The instances that dispatch: each tells every second that it lives, and how many tenants' jobs it holds, by which the
-- window is divided among them. Nothing of any tenant's content.
CREATE TABLE dispatcher (
  -- Of one start.
  id         uuid        NOT NULL PRIMARY KEY,
  name       text        NOT NULL,
  -- The upload store that it works with: all must have the same, or none could go on with another's jobs.
  store      text        NOT NULL,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seen_at    timestamptz NOT NULL,
  tenants    integer     NOT NULL DEFAULT 0,
  jobs       integer     NOT NULL DEFAULT 0,
  -- By job, on the bus without a result, in the cost of an ordinary row: for operators.
  cost_out   json        NOT NULL DEFAULT '{}'
) WITH (fillfactor = 50); -- a handful of rows that change all the time

GRANT SELECT, INSERT, UPDATE, DELETE ON dispatcher TO ${app};
GRANT SELECT ON dispatcher TO ${finder}, ${auditor};

-- Whose jobs a dispatcher holds: a tenant's files stay with one, so that its share doesn't double.
CREATE INDEX checkpoint_of_tenant ON dispatch_checkpoint (tenant_id) WHERE acked_row < total;
