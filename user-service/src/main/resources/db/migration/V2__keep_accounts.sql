-- Accounts, one row each for as long as they are known, and what was done to them.

CREATE TABLE account (
    tenant_id             text COLLATE "C" NOT NULL,
    id                    uuid NOT NULL,
    user_principal_name   text NOT NULL,
    -- What names are compared by: NFC and lower case, made by UserPrincipalName.key().
    upn_key               text COLLATE "C" NOT NULL,
    state                 text COLLATE "C" NOT NULL CHECK (state IN ('DISABLED', 'ACTIVE', 'REMOVED')),
    credential            text COLLATE "C" NOT NULL DEFAULT 'NONE'
                          CHECK (credential IN ('NONE', 'SET', 'GENERATED')),
    must_change_password  boolean NOT NULL DEFAULT false,
    protected             boolean NOT NULL DEFAULT false,
    display_name          text,
    first_name            text,
    last_name             text,
    job_title             text,
    department            text,
    office                text,
    office_phone          text,
    mobile_phone          text,
    fax                   text,
    alternate_email       text,
    street_address        text,
    city                  text,
    state_or_province     text,
    postal_code           text,
    country               text,
    usage_location        text,
    employee_id           text COLLATE "C",
    manager               text,
    unit                  text,
    -- Stamps: which intention last set or confirmed state, credential and properties.
    state_submission      bigint NOT NULL,
    state_row             bigint NOT NULL,
    credential_submission bigint NOT NULL,
    credential_row        bigint NOT NULL,
    properties_submission bigint NOT NULL,
    properties_row        bigint NOT NULL,
    created_at            timestamptz NOT NULL,
    updated_at            timestamptz NOT NULL,
    removed_at            timestamptz,
    purge_at              timestamptz,
    PRIMARY KEY (tenant_id, id)
);

-- A removed account's name and employee id are free again.
CREATE UNIQUE INDEX account_by_name ON account (tenant_id, upn_key) WHERE state <> 'REMOVED';
CREATE UNIQUE INDEX account_by_employee_id ON account (tenant_id, employee_id)
    WHERE state <> 'REMOVED' AND employee_id IS NOT NULL;
-- Small: what is in the recycle bin, in the order of the list.
CREATE INDEX account_removed ON account (tenant_id, upn_key, id) WHERE state = 'REMOVED';

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON account TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY auditor_reads_all ON account FOR SELECT TO ${auditor} USING (true);
GRANT SELECT, INSERT, UPDATE ON account TO ${app};
GRANT SELECT ON account TO ${auditor};

-- Every change and every refused attempt: audit and undo image in one.
CREATE TABLE change (
    tenant_id  text COLLATE "C" NOT NULL,
    job_id     uuid NOT NULL,
    row_no     bigint NOT NULL,
    -- As in command_inbox: C the command's, U its undo's.
    kind       "char" NOT NULL CHECK (kind IN ('C', 'U')),
    submission bigint NOT NULL,
    stamp_row  bigint NOT NULL,
    at         timestamptz NOT NULL,
    actor      text NOT NULL,
    operation  text COLLATE "C" NOT NULL,
    -- Null where a refused attempt met no account.
    account_id uuid,
    upn_key    text COLLATE "C" NOT NULL,
    -- Why it was refused; null for a change.
    code       text COLLATE "C",
    before     jsonb,
    after      jsonb,
    PRIMARY KEY (tenant_id, job_id, row_no, kind)
) PARTITION BY RANGE (job_id);

ALTER TABLE change ENABLE ROW LEVEL SECURITY;
ALTER TABLE change FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON change TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY auditor_reads_all ON change FOR SELECT TO ${auditor} USING (true);
GRANT SELECT, INSERT ON change TO ${app};
GRANT SELECT ON change TO ${auditor};
