-- A day's partitions go when every job in them is closed: docs/decisions/0013-when-a-day-is-forgotten.md. The number
-- stands above those of both services' migrations.

-- No tenant's data, so no row-level security. Partitioned like what it tells of, so that it goes with it.
CREATE TABLE closed_job (
    job_id    uuid NOT NULL PRIMARY KEY,
    closed_at timestamptz NOT NULL
) PARTITION BY RANGE (job_id);
GRANT SELECT, INSERT ON closed_job TO ${app};
GRANT SELECT ON closed_job TO ${auditor};

-- The function below runs with the owner's rights, and has to see every tenant's jobs.
CREATE POLICY owner_finds_jobs ON command_inbox FOR SELECT TO CURRENT_USER USING (true);

-- Whether the inbox holds a job of these that isn't known to be closed. One look-up for each job, not for each row.
CREATE FUNCTION has_open_job(first_id uuid, end_id uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    WITH RECURSIVE job AS (
        (SELECT i.tenant_id, i.job_id FROM command_inbox i
         WHERE i.job_id >= first_id AND i.job_id < end_id
         ORDER BY i.tenant_id, i.job_id LIMIT 1)
        UNION ALL
        SELECT later.tenant_id, later.job_id
        FROM job CROSS JOIN LATERAL (
            SELECT i.tenant_id, i.job_id FROM command_inbox i
            WHERE i.job_id >= first_id AND i.job_id < end_id
              AND (i.tenant_id, i.job_id) > (job.tenant_id, job.job_id)
            ORDER BY i.tenant_id, i.job_id LIMIT 1) AS later)
    SELECT EXISTS (
        SELECT FROM job WHERE NOT EXISTS (SELECT FROM closed_job c WHERE c.job_id = job.job_id))
$$;
REVOKE ALL ON FUNCTION has_open_job(uuid, uuid) FROM PUBLIC;

-- Drops the day's partition of every table that is partitioned by the job's id, unless a job in the inbox isn't known
-- to be closed; tells whether it did. Runs with the owner's rights and takes no name from its caller. Batches wait while
-- it looks a last time, and it doesn't wait long for them: 55P03 = try again later.
CREATE FUNCTION drop_closed_day(job_day date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET lock_timeout = '1s' AS $$
DECLARE
    parent   regclass;
    part     text;
    inbox    regclass := to_regclass('command_inbox' || to_char(job_day, '"_"YYYYMMDD'));
    first_id uuid := (lpad(to_hex((extract(epoch FROM job_day::timestamp) * 1000)::bigint), 12, '0')
        || repeat('0', 20))::uuid;
    end_id   uuid := (lpad(to_hex((extract(epoch FROM (job_day + 1)::timestamp) * 1000)::bigint), 12, '0')
        || repeat('0', 20))::uuid;
BEGIN
    -- Topics keep commands for 7 days, whatever the caller was told.
    IF job_day > (now() AT TIME ZONE 'UTC')::date - 8 THEN
        RAISE EXCEPTION 'commands of that day may come again' USING ERRCODE = 'datetime_field_overflow';
    END IF;
    IF inbox IS NULL OR has_open_job(first_id, end_id) THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('make_day_partitions'));
    -- First what every batch takes first, so that none holds what is wanted here and wants what is held.
    LOCK TABLE command_inbox IN ACCESS EXCLUSIVE MODE;
    IF has_open_job(first_id, end_id) THEN
        RETURN false;
    END IF;
    -- Sees nothing where something is: no reason to believe that all is closed.
    IF pg_relation_size(inbox) > 0
       AND NOT EXISTS (SELECT FROM command_inbox i WHERE i.job_id >= first_id AND i.job_id < end_id) THEN
        RETURN false;
    END IF;
    FOR parent IN
        SELECT p.partrelid::regclass
        FROM pg_partitioned_table p
        JOIN pg_class c ON c.oid = p.partrelid AND c.relnamespace = 'public'::regnamespace
        JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
        WHERE p.partnatts = 1 AND p.partstrat = 'r' AND a.attname = 'job_id'
        ORDER BY c.relname
    LOOP
        part := parent::text || to_char(job_day, '"_"YYYYMMDD');
        EXECUTE format('DROP TABLE IF EXISTS %I', part);
    END LOOP;
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION drop_closed_day(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_closed_day(date) TO ${finder};
