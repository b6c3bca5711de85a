-- What an identity tool calls an account by (SCIM's externalId): unique in that tool's own world, and a tenant may
-- have two such tools, so it isn't unique here (docs/decisions/0026-scim-by-hand.md).
ALTER TABLE account ADD COLUMN external_id text COLLATE "C";

CREATE INDEX account_by_external_id ON account (tenant_id, external_id)
    WHERE state <> 'REMOVED' AND external_id IS NOT NULL;
-- SCIM's emails; most accounts have none.
CREATE INDEX account_by_alternate_email ON account (tenant_id, lower(alternate_email))
    WHERE state <> 'REMOVED' AND alternate_email IS NOT NULL;
