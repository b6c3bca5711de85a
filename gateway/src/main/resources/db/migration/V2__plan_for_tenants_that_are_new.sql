-- The tenants of the transaction as a subquery: worked out once for a statement instead of for every row, and not
-- believed by the planner to be a value that it knows. docs/decisions/0007-what-the-planner-believes.md.
DO $$
DECLARE
    policy record;
    ours text := 'tenant_id = ANY ((SELECT string_to_array(current_setting(''muster.tenants'', true), '',''))::text[])';
BEGIN
    FOR policy IN
        SELECT tablename, policyname FROM pg_policies
        WHERE schemaname = 'public' AND policyname = 'tenants_of_the_transaction'
    LOOP
        EXECUTE format('ALTER POLICY %I ON %I USING (%s) WITH CHECK (%s)',
            policy.policyname, policy.tablename, ours, ours);
    END LOOP;
END
$$;
