-- The tenants of the transaction as a subquery: worked out once for a statement instead of for every row, and not
-- believed by the planner to be a value that it knows. docs/decisions/0007-what-the-planner-believes.md.
DO $$
DECLARE
    policy record;
    ours text := 'tenant_id = ANY ((SELECT string_to_array(current_setting(''muster.tenants'', true), '',''))::text[])';
BEGIN
    FOR policy IN
        SELECT tablename, policyname FROM pg_policies
        WHERE schemaname = 'public' AND policyname = 'of_the_transactions_tenants'
    LOOP
        EXECUTE format('ALTER POLICY %I ON %I USING (%s) WITH CHECK (%s)',
            policy.policyname, policy.tablename, ours, ours);
    END LOOP;
END
$$;

-- So that a look-up by name has one index that begins with what it knows, and ids, which are made in the order of
-- time, stay together.
ALTER TABLE account DROP CONSTRAINT account_pkey, ADD PRIMARY KEY (id, tenant_id);
