-- Which intention last said of a user: these seats and no others. What is older adds none: a seat that isn't held has
-- no stamp of its own to tell it by. docs/decisions/0006-seats-as-claims.md.
CREATE TABLE exact_set (
    tenant_id  text COLLATE "C" NOT NULL,
    upn_key    text COLLATE "C" NOT NULL,
    submission bigint NOT NULL,
    stamp_row  bigint NOT NULL,
    -- Goes with the job's day.
    job_id     uuid NOT NULL,
    PRIMARY KEY (tenant_id, upn_key)
);

ALTER TABLE exact_set ENABLE ROW LEVEL SECURITY;
ALTER TABLE exact_set FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON exact_set TO ${app}
    USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
    WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
CREATE POLICY auditor_reads_all ON exact_set FOR SELECT TO ${auditor} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON exact_set TO ${app};
GRANT SELECT ON exact_set TO ${auditor};

CREATE POLICY forget_days ON exact_set TO ${finder} USING (true);
GRANT SELECT (job_id), DELETE ON exact_set TO ${finder};
