-- Which job a submission was leads to its changes: it goes when the day of the job's changes is gone.
CREATE INDEX submission_by_job ON submission (job_id);
CREATE POLICY forget_days ON submission TO ${finder} USING (true);
GRANT SELECT (ctid, job_id), DELETE ON submission TO ${finder};

-- That a job's hand-outs are gone is told for as long as the job is remembered.
CREATE INDEX handout_job_to_forget ON handout_job (emptied_at) WHERE emptied_at IS NOT NULL;
CREATE POLICY forget_emptied ON handout_job FOR DELETE TO ${finder} USING (emptied_at IS NOT NULL);
GRANT DELETE ON handout_job TO ${finder};

-- A tenant's accounts that are due are found by the tenant: another one's million isn't read for each portion.
DROP INDEX account_to_purge;
CREATE INDEX account_to_purge ON account (tenant_id, purge_at) WHERE state = 'REMOVED';
