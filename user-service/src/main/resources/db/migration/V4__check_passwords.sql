-- How fast the password of a name may be tried, whether or not there is such a user.
CREATE TABLE sign_in_pace (
    tenant_id text COLLATE "C" NOT NULL,
    upn_key   text COLLATE "C" NOT NULL,
    -- Since the last one that was right, those that wait for their turn included.
    attempts  integer NOT NULL,
    -- When the last of them may start, or did.
    starts_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, upn_key)
) WITH (fillfactor = 50);
CREATE INDEX sign_in_pace_forgotten ON sign_in_pace (starts_at);

-- Every check of a password: who tried whose, and whether it was right.
CREATE TABLE password_check (
    tenant_id  text COLLATE "C" NOT NULL,
    id         uuid NOT NULL,
    at         timestamptz NOT NULL,
    actor      text NOT NULL,
    upn_key    text COLLATE "C" NOT NULL,
    -- Null where there is no such user, or none in the actor's sight.
    account_id uuid,
    valid      boolean NOT NULL,
    -- Why the actor wasn't told; null when they were.
    code       text COLLATE "C",
    PRIMARY KEY (tenant_id, id)
);

ALTER TABLE sign_in_pace ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_pace FORCE ROW LEVEL SECURITY;
ALTER TABLE password_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE password_check FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON sign_in_pace TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY of_the_transactions_tenants ON password_check TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY auditor_reads_all ON sign_in_pace FOR SELECT TO ${auditor} USING (true);
CREATE POLICY auditor_reads_all ON password_check FOR SELECT TO ${auditor} USING (true);
CREATE POLICY find_work ON sign_in_pace FOR SELECT TO ${finder} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_pace TO ${app};
GRANT SELECT, INSERT ON password_check TO ${app};
GRANT SELECT ON sign_in_pace, password_check TO ${auditor};
GRANT SELECT ON sign_in_pace TO ${finder};

-- shredded_at closes a job's hand-outs at once; ten million rows take longer to delete.
ALTER TABLE handout_job ADD COLUMN emptied_at timestamptz;
DROP INDEX handout_job_to_shred;
CREATE INDEX handout_job_to_shred ON handout_job (made_at) WHERE emptied_at IS NULL;
