-- Jobs are forgotten long after they were closed, and idempotency keys when they have run out: over all tenants, by the
-- finder, who may delete these and nothing else.
CREATE INDEX job_to_forget ON job (closed_at) WHERE closed_at IS NOT NULL AND source NOT IN ('SINGLE', 'SCIM');
CREATE INDEX job_of_single_call_to_forget ON job (closed_at)
  WHERE closed_at IS NOT NULL AND source IN ('SINGLE', 'SCIM');
CREATE POLICY forget_closed ON job FOR DELETE TO ${finder} USING (closed_at IS NOT NULL);
GRANT SELECT (ctid), DELETE ON job TO ${finder};

CREATE INDEX idempotency_claim_to_forget ON idempotency_claim (expires_at);
CREATE POLICY forget_expired ON idempotency_claim TO ${finder} USING (expires_at < now());
GRANT SELECT (ctid, expires_at), DELETE ON idempotency_claim TO ${finder};
