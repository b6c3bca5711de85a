-- Seats as claims: docs/decisions/0006-seats-as-claims.md.

ALTER TABLE license_assignment
    -- The claims below the newest, which stands in (submission, stamp_row): submission and row in turn, oldest
    -- first. Null where there are none, which is nearly always.
    ADD COLUMN earlier_claims bigint[]
        CHECK (cardinality(earlier_claims) > 0 AND cardinality(earlier_claims) % 2 = 0),
    -- The oldest claim stands for older ones that are no longer told apart: no undo removes it.
    ADD COLUMN oldest_is_permanent boolean NOT NULL DEFAULT false;

-- The finder compares sums with what they add up, over all tenants, and sees nobody's name.
CREATE POLICY compare_sums ON subscription FOR SELECT TO ${finder} USING (true);
CREATE POLICY compare_sums ON license_assignment FOR SELECT TO ${finder} USING (true);
GRANT SELECT (tenant_id, sku, assigned_seats) ON subscription TO ${finder};
GRANT SELECT (tenant_id, sku) ON license_assignment TO ${finder};
