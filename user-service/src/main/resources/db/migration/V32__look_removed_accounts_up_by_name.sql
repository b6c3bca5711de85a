-- Whoever looks for a removed account by its name may not take the index by date: as long as statistics know of no
-- removed account both look empty, and a job that removes many then goes through all of them for each of its rows,
-- until a tenth of the table has changed. A name says nothing about purge_at, so this condition keeps it out; purging
-- compares the date, which implies it.
DROP INDEX account_to_purge;
CREATE INDEX account_to_purge ON account (tenant_id, purge_at) WHERE state = 'REMOVED' AND purge_at IS NOT NULL;
