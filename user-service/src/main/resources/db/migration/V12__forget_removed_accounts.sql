-- The recycle bin is emptied by purge_at.
CREATE INDEX account_to_purge ON account (purge_at) WHERE state = 'REMOVED';
CREATE POLICY find_work ON account FOR SELECT TO ${finder} USING (true);
GRANT SELECT (tenant_id, id, state, purge_at) ON account TO ${finder};
GRANT DELETE ON account TO ${app};

-- How many are active: read by the guard of every large job. One key for each tenant, so that ten million take
-- some 70 MB, and a count reads them in the order of the table.
CREATE INDEX account_active ON account (tenant_id) WHERE state = 'ACTIVE';
