-- Pools of seats, and who holds them.

CREATE TABLE subscription (
    tenant_id      text COLLATE "C" NOT NULL,
    sku            text COLLATE "C" NOT NULL,
    name           text NOT NULL,
    total_seats    integer NOT NULL CHECK (total_seats >= 0),
    assigned_seats integer NOT NULL DEFAULT 0,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, sku),
    -- Never more seats assigned than bought, whatever the code above it does.
    CONSTRAINT no_more_assigned_than_bought CHECK (assigned_seats BETWEEN 0 AND total_seats)
) WITH (fillfactor = 50);

ALTER TABLE subscription ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscription FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON subscription TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY auditor_reads_all ON subscription FOR SELECT TO ${auditor} USING (true);
GRANT SELECT, INSERT, UPDATE ON subscription TO ${app};
GRANT SELECT ON subscription TO ${auditor};

CREATE TABLE license_assignment (
    tenant_id           text COLLATE "C" NOT NULL,
    -- What names are compared by: NFC and lower case.
    upn_key             text COLLATE "C" NOT NULL,
    sku                 text COLLATE "C" NOT NULL,
    user_principal_name text NOT NULL,
    -- Stamp: which intention last set or confirmed this seat.
    submission          bigint NOT NULL,
    stamp_row           bigint NOT NULL,
    assigned_at         timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, upn_key, sku),
    FOREIGN KEY (tenant_id, sku) REFERENCES subscription
);

ALTER TABLE license_assignment ENABLE ROW LEVEL SECURITY;
ALTER TABLE license_assignment FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON license_assignment TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY auditor_reads_all ON license_assignment FOR SELECT TO ${auditor} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON license_assignment TO ${app};
GRANT SELECT ON license_assignment TO ${auditor};
