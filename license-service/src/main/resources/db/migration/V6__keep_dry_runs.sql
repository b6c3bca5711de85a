-- What dry runs would have changed, each on top of what is real: docs/decisions/0012-dry-runs-on-books-of-their-own.md.
-- Partitioned by the job's day, as the inbox is, so that a day's dry runs go at once.

CREATE TABLE dry_run_pool (
    tenant_id   text COLLATE "C" NOT NULL,
    job_id      uuid NOT NULL,
    sku         text COLLATE "C" NOT NULL,
    -- By how many seats more would be assigned.
    change      integer NOT NULL,
    -- When the dry run began.
    free_before integer NOT NULL,
    PRIMARY KEY (tenant_id, job_id, sku)
) PARTITION BY RANGE (job_id);

CREATE TABLE dry_run_seat (
    tenant_id            text COLLATE "C" NOT NULL,
    job_id               uuid NOT NULL,
    upn_key              text COLLATE "C" NOT NULL,
    sku                  text COLLATE "C" NOT NULL,
    user_principal_name  text NOT NULL,
    -- The claims, as in license_assignment; no stamp where the seat would have been given back.
    submission           bigint,
    stamp_row            bigint,
    earlier_claims       bigint[] CHECK (cardinality(earlier_claims) > 0 AND cardinality(earlier_claims) % 2 = 0),
    oldest_is_permanent  boolean NOT NULL,
    newest_only_confirms boolean NOT NULL,
    PRIMARY KEY (tenant_id, job_id, upn_key, sku)
) PARTITION BY RANGE (job_id);

-- The seats that a row would have needed anew, whether it got them or not.
CREATE TABLE dry_run_need (
    tenant_id text COLLATE "C" NOT NULL,
    job_id    uuid NOT NULL,
    row_no    bigint NOT NULL,
    sku       text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, job_id, row_no, sku)
) PARTITION BY RANGE (job_id);

DO $$
DECLARE
    part text;
    ours text := 'tenant_id = ANY ((SELECT string_to_array(current_setting(''muster.tenants'', true), '',''))::text[])';
BEGIN
    FOREACH part IN ARRAY ARRAY['dry_run_pool', 'dry_run_seat', 'dry_run_need'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
        EXECUTE format('CREATE POLICY of_the_transactions_tenants ON %I TO ${app} USING (%s) WITH CHECK (%s)',
            part, ours, ours);
        EXECUTE format('CREATE POLICY auditor_reads_all ON %I FOR SELECT TO ${auditor} USING (true)', part);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO ${app}', part);
        EXECUTE format('GRANT SELECT ON %I TO ${auditor}', part);
    END LOOP;
END
$$;
