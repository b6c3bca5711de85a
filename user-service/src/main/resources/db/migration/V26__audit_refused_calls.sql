-- Calls that were refused at the door, before anybody's account was looked at: who tried what, how often.
CREATE TABLE refused_call (
    tenant_id   text COLLATE "C" NOT NULL,  -- of the caller
    id          uuid NOT NULL,
    at          timestamptz NOT NULL,       -- of the first
    actor       text NOT NULL,
    actor_roles text NOT NULL,
    call        text COLLATE "C" NOT NULL,  -- method and route, without what stood in it
    code        text COLLATE "C" NOT NULL,
    times       int  NOT NULL CHECK (times > 0),
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX refused_call_by_age ON refused_call (at);

ALTER TABLE refused_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE refused_call FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON refused_call TO ${app}
    USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
    WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
CREATE POLICY auditor_reads_all ON refused_call FOR SELECT TO ${auditor} USING (true);
CREATE POLICY find_work ON refused_call FOR SELECT TO ${finder} USING (true);
GRANT SELECT, INSERT, DELETE ON refused_call TO ${app};
GRANT SELECT ON refused_call TO ${auditor};
GRANT SELECT (tenant_id, id, at) ON refused_call TO ${finder};
