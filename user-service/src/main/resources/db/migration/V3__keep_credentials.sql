-- Credentials are versions: the account points at one, and the undo of a row points back.

CREATE TABLE credential (
    tenant_id     text COLLATE "C" NOT NULL,
    id            uuid NOT NULL,
    account_id    uuid NOT NULL,
    kind          text COLLATE "C" NOT NULL CHECK (kind IN ('SET', 'GENERATED')),
    -- A PHC string for what a person chose, a keyed hash for what was generated: see password.
    hash          text COLLATE "C" NOT NULL,
    -- Stamp: which intention made it.
    submission    bigint NOT NULL,
    stamp_row     bigint NOT NULL,
    created_at    timestamptz NOT NULL,
    -- Unused until then, it is no longer good; null = for ever.
    expires_at    timestamptz,
    -- When another one took its place; a week later it is deleted.
    superseded_at timestamptz,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX credential_superseded ON credential (superseded_at) WHERE superseded_at IS NOT NULL;

ALTER TABLE credential ENABLE ROW LEVEL SECURITY;
ALTER TABLE credential FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON credential TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY auditor_reads_all ON credential FOR SELECT TO ${auditor} USING (true);
CREATE POLICY find_work ON credential FOR SELECT TO ${finder} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON credential TO ${app};
GRANT SELECT ON credential TO ${auditor};
GRANT SELECT (tenant_id, id, superseded_at) ON credential TO ${finder};

-- Null = none; account.credential says the same in a word.
ALTER TABLE account ADD COLUMN credential_id uuid;

-- The job behind a stamp's submission, so that a stamp leads to the change that left it.
CREATE TABLE submission (
    tenant_id text COLLATE "C" NOT NULL,
    number    bigint NOT NULL,
    job_id    uuid NOT NULL,
    PRIMARY KEY (tenant_id, number)
);
ALTER TABLE submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE submission FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON submission TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY auditor_reads_all ON submission FOR SELECT TO ${auditor} USING (true);
GRANT SELECT, INSERT ON submission TO ${app};
GRANT SELECT ON submission TO ${auditor};

-- A change that was undone: whoever would restore an image that it left goes on to the one before it.
ALTER TABLE change ADD COLUMN undone boolean NOT NULL DEFAULT false;
GRANT UPDATE (undone) ON change TO ${app};

-- Generated passwords, sealed, until they are collected.
CREATE TABLE handout (
    tenant_id           text COLLATE "C" NOT NULL,
    job_id              uuid NOT NULL,
    row_no              bigint NOT NULL,
    user_principal_name text NOT NULL,
    sealed              bytea NOT NULL,
    PRIMARY KEY (tenant_id, job_id, row_no)
);
-- Whose they are and how long they stay; outlives them, to tell that they are gone.
CREATE TABLE handout_job (
    tenant_id     text COLLATE "C" NOT NULL,
    job_id        uuid NOT NULL,
    submitter     text NOT NULL,
    made_at       timestamptz NOT NULL,
    first_byte_at timestamptz,
    shredded_at   timestamptz,
    PRIMARY KEY (tenant_id, job_id)
);
CREATE INDEX handout_job_to_shred ON handout_job (made_at) WHERE shredded_at IS NULL;

ALTER TABLE handout ENABLE ROW LEVEL SECURITY;
ALTER TABLE handout FORCE ROW LEVEL SECURITY;
ALTER TABLE handout_job ENABLE ROW LEVEL SECURITY;
ALTER TABLE handout_job FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON handout TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY of_the_transactions_tenants ON handout_job TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY auditor_reads_all ON handout FOR SELECT TO ${auditor} USING (true);
CREATE POLICY auditor_reads_all ON handout_job FOR SELECT TO ${auditor} USING (true);
CREATE POLICY find_work ON handout_job FOR SELECT TO ${finder} USING (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON handout, handout_job TO ${app};
GRANT SELECT ON handout, handout_job TO ${auditor};
GRANT SELECT ON handout_job TO ${finder};

-- What the planner has to know from the first row on, not from the first autovacuum: see
-- docs/decisions/0007-what-the-planner-believes.md. The first ANALYZE replaces it.
SELECT pg_restore_attribute_stats(
    'schemaname', 'public', 'relname', 'account', 'attname', a.name, 'inherited', false,
    'null_frac', 0::real, 'avg_width', a.width, 'n_distinct', a.n_distinct)
FROM (VALUES ('tenant_id', 8, 10::real), ('id', 16, -1), ('upn_key', 24, -1), ('employee_id', 8, -1), ('state', 9, 3))
    AS a (name, width, n_distinct);
