-- The command inbox of a consuming service: what was done, and up to where. Shared by user-service and
-- license-service, whose own migrations start at V2; a later change here takes a number above all of theirs.

-- Narrow on purpose: a row per command, and the price of every command.
CREATE TABLE command_inbox (
    tenant_id text COLLATE "C" NOT NULL,
    job_id    uuid NOT NULL,
    row_no    bigint NOT NULL,
    -- C: the command itself. U: its undo, kept by what is undone, so that an undo which overtakes its
    -- command leaves a tombstone that the command finds.
    kind      "char" NOT NULL CHECK (kind IN ('C', 'U')),
    -- A applied, R rejected, S skipped, U undone.
    outcome   "char" NOT NULL CHECK (outcome IN ('A', 'R', 'S', 'U')),
    code      text COLLATE "C",
    detail    text,
    PRIMARY KEY (tenant_id, job_id, row_no, kind)
) PARTITION BY RANGE (job_id);

ALTER TABLE command_inbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE command_inbox FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON command_inbox TO ${app}
    USING (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')))
    WITH CHECK (tenant_id = ANY (string_to_array(current_setting('muster.tenants', true), ',')));
CREATE POLICY auditor_reads_all ON command_inbox FOR SELECT TO ${auditor} USING (true);
GRANT SELECT, INSERT ON command_inbox TO ${app};
GRANT SELECT ON command_inbox TO ${auditor};

-- Up to where each partition is done. No tenant's data, so no row-level security.
CREATE TABLE consumer_position (
    topic       text COLLATE "C" NOT NULL,
    partition   integer NOT NULL,
    -- Kafka's id of the topic, in its own spelling: another id under the same name is another log.
    topic_id    text COLLATE "C" NOT NULL,
    next_offset bigint NOT NULL CHECK (next_offset >= 0),
    PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE ON consumer_position TO ${app};
GRANT SELECT ON consumer_position TO ${auditor};

-- Makes the day's partition of every table that is partitioned by the job's id, whose first 48 bits are
-- milliseconds since 1970 (UUIDv7). Runs with the owner's rights, takes no name from its caller, and is safe
-- to call at once from many sessions. ATTACH, unlike CREATE ... PARTITION OF, lets readers and writers pass.
CREATE FUNCTION make_day_partitions(job_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    parent regclass;
    part   text;
    lower_bound uuid := (lpad(to_hex((extract(epoch FROM job_day::timestamp) * 1000)::bigint), 12, '0')
        || repeat('0', 20))::uuid;
    upper_bound uuid := (lpad(to_hex((extract(epoch FROM (job_day + 1)::timestamp) * 1000)::bigint), 12, '0')
        || repeat('0', 20))::uuid;
BEGIN
    IF job_day < DATE '2020-01-01' OR job_day >= DATE '2200-01-01' THEN
        RAISE EXCEPTION 'no job was made on that day' USING ERRCODE = 'datetime_field_overflow';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('make_day_partitions'));
    FOR parent IN
        SELECT p.partrelid::regclass
        FROM pg_partitioned_table p
        JOIN pg_class c ON c.oid = p.partrelid AND c.relnamespace = 'public'::regnamespace
        JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
        WHERE p.partnatts = 1 AND p.partstrat = 'r' AND a.attname = 'job_id'
        ORDER BY c.relname
    LOOP
        part := parent::text || to_char(job_day, '"_"YYYYMMDD');
        IF to_regclass(part) IS NULL THEN
            EXECUTE format('CREATE TABLE %I (LIKE %s INCLUDING ALL, CONSTRAINT of_the_day CHECK (job_id >= %L AND job_id < %L))',
                part, parent, lower_bound, upper_bound);
            EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
            EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
            EXECUTE format('ALTER TABLE %s ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                parent, part, lower_bound, upper_bound);
            -- It spared ATTACH a scan; from here on the partition's bounds say the same.
            EXECUTE format('ALTER TABLE %I DROP CONSTRAINT of_the_day', part);
        END IF;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION make_day_partitions(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_day_partitions(date) TO ${app};
