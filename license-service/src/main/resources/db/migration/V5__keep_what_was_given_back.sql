-- What commands took off seats, so that it can be brought back: docs/decisions/0006-seats-as-claims.md.

ALTER TABLE license_assignment
    -- (submission, stamp_row) only confirms the claims, which all stand in earlier_claims: the seat was brought
    -- back by it.
    ADD COLUMN newest_only_confirms boolean NOT NULL DEFAULT false;

CREATE TABLE given_back (
    tenant_id           text COLLATE "C" NOT NULL,
    upn_key             text COLLATE "C" NOT NULL,
    -- The command that took them, and its stamp.
    job_id              uuid NOT NULL,
    row_no              bigint NOT NULL,
    sku                 text COLLATE "C" NOT NULL,
    by_submission       bigint NOT NULL,
    by_row              bigint NOT NULL,
    account_id          uuid,
    -- It named the seats that stay; else it was a release.
    by_exact_set        boolean NOT NULL,
    -- Given back in a dry run only, which alone sees it.
    dry_run             boolean NOT NULL,
    -- The claims, as in license_assignment.
    submission          bigint NOT NULL,
    stamp_row           bigint NOT NULL,
    earlier_claims      bigint[] CHECK (cardinality(earlier_claims) > 0 AND cardinality(earlier_claims) % 2 = 0),
    oldest_is_permanent boolean NOT NULL,
    -- Every look-up knows the user. Not partitioned by the job's day: an undo would have to look into each.
    PRIMARY KEY (tenant_id, upn_key, job_id, row_no, sku)
);

ALTER TABLE given_back ENABLE ROW LEVEL SECURITY;
ALTER TABLE given_back FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON given_back TO ${app}
    USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
    WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
CREATE POLICY auditor_reads_all ON given_back FOR SELECT TO ${auditor} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON given_back TO ${app};
GRANT SELECT ON given_back TO ${auditor};

-- What belongs to a day's jobs goes with the day, over all tenants, and nobody's name is seen.
CREATE POLICY forget_days ON given_back TO ${finder} USING (true);
GRANT SELECT (job_id), DELETE ON given_back TO ${finder};
