-- What a dry run's rows would have made of accounts: each row leaves the account as it would leave it, so that later
-- rows of the same job meet what they would meet. Nobody else sees it. Whole days of jobs are dropped after a while.
CREATE TABLE dry_run_account (
    tenant_id   text COLLATE "C" NOT NULL,
    job_id      uuid NOT NULL,
    upn_key     text COLLATE "C" NOT NULL,
    row_no      bigint NOT NULL,
    -- What decisions need of an account: no property but these.
    account     jsonb NOT NULL,
    -- Null also where the account would be removed, and its employee id free.
    employee_id text COLLATE "C",
    PRIMARY KEY (tenant_id, job_id, upn_key, row_no)
) PARTITION BY RANGE (job_id);
CREATE INDEX dry_run_account_by_employee_id ON dry_run_account (tenant_id, job_id, employee_id)
    WHERE employee_id IS NOT NULL;

ALTER TABLE dry_run_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE dry_run_account FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON dry_run_account TO ${app}
    USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
    WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
CREATE POLICY auditor_reads_all ON dry_run_account FOR SELECT TO ${auditor} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON dry_run_account TO ${app};
GRANT SELECT ON dry_run_account TO ${auditor};

-- Drops the shadows of jobs that were made before a day, a partition each. With the owner's rights; takes no name from
-- its caller; gives up rather than hold a batch up. make_day_partitions makes a day again that is still needed.
CREATE FUNCTION drop_dry_runs_before(first_day_kept date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '500ms' AS $$
DECLARE
    part record;
    dropped integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('make_day_partitions'));
    FOR part IN
        SELECT c.relname
        FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'dry_run_account'::regclass
          AND c.relname < 'dry_run_account' || to_char(first_day_kept, '"_"YYYYMMDD')
        ORDER BY c.relname
    LOOP
        EXECUTE format('DROP TABLE %I', part.relname);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END
$$;
REVOKE ALL ON FUNCTION drop_dry_runs_before(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_dry_runs_before(date) TO ${app};
