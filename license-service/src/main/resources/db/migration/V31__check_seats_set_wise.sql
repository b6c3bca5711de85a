-- A foreign key is checked by a statement for each row, and on connections whose statements are planned anew (decision
-- 0008) it is planned for each row, too: two fifths of what this database did for an enable. The same promise for
-- all rows of a statement at once; the key stays to be read. Subscriptions are never deleted, and nobody may.
ALTER TABLE license_assignment ALTER CONSTRAINT license_assignment_tenant_id_sku_fkey NOT ENFORCED;

CREATE FUNCTION seats_are_of_subscriptions() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT t.tenant_id, t.sku FROM taken t) AS t
        WHERE NOT EXISTS (
            SELECT FROM subscription s WHERE s.tenant_id = t.tenant_id AND s.sku = t.sku))
    THEN
        RAISE EXCEPTION 'a seat is of no subscription' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END
$$;
-- INSERT ... ON CONFLICT DO UPDATE runs both; no update moves a seat to another subscription.
CREATE TRIGGER seats_are_of_subscriptions AFTER INSERT ON license_assignment
    REFERENCING NEW TABLE AS taken
    FOR EACH STATEMENT EXECUTE FUNCTION seats_are_of_subscriptions();
