-- What follows a change but isn't worth the bulk path's time: written down here in the change's transaction, a row
-- per batch and tenant, and done behind the jobs.

-- Which rows a batch changed or refused, newest batches last: ids are UUIDv7. The audit of a whole tenant reads it.
CREATE TABLE change_batch (
    tenant_id text COLLATE "C" NOT NULL,
    id        uuid NOT NULL,
    job_id    uuid NOT NULL,
    -- As in change.
    kind      "char" NOT NULL CHECK (kind IN ('C', 'U')),
    row_count integer NOT NULL,
    row_nos   bigint[] NOT NULL,
    PRIMARY KEY (tenant_id, id, job_id, kind)
) PARTITION BY RANGE (job_id);
-- Packing it would cost more than it saves.
ALTER TABLE change_batch ALTER COLUMN row_nos SET STORAGE EXTERNAL;

-- The changes of a user: an index on change itself would cost the bulk path.
CREATE TABLE change_by_user (
    tenant_id text COLLATE "C" NOT NULL,
    upn_key   text COLLATE "C" NOT NULL,
    batch_id  uuid NOT NULL,
    job_id    uuid NOT NULL,
    kind      "char" NOT NULL,
    row_no    bigint NOT NULL,
    PRIMARY KEY (tenant_id, upn_key, batch_id, job_id, kind, row_no)
) PARTITION BY RANGE (job_id);

-- What waits to be followed up.
CREATE TABLE follow_up (
    tenant_id text COLLATE "C" NOT NULL,
    batch_id  uuid NOT NULL,
    jobs      uuid[] NOT NULL,
    row_count integer NOT NULL,
    -- Accounts without a change; null after a batch.
    accounts  uuid[],
    PRIMARY KEY (tenant_id, batch_id)
);

-- What people search for, beside account: an index of trigrams on account itself would cost the bulk path most of
-- its speed.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gin;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE TABLE account_search (
    tenant_id  text COLLATE "C" NOT NULL,
    account_id uuid NOT NULL,
    upn_key    text COLLATE "C" NOT NULL,
    state      text COLLATE "C" NOT NULL,
    unit       text,
    words      text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, tenant_id)
    -- State and unit stand in no index, so that a change of them finds room on its page and touches none.
) WITH (fillfactor = 80);
CREATE INDEX account_search_in_order ON account_search (tenant_id, upn_key, account_id);
-- New words wait in a list that every search reads, so it is a short one; whoever fills the table empties it at last.
CREATE INDEX account_search_words ON account_search USING gin (tenant_id, words gin_trgm_ops)
    WITH (gin_pending_list_limit = 1024);
CREATE FUNCTION settle_search() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT gin_clean_pending_list('account_search_words')
$$;
REVOKE ALL ON FUNCTION settle_search() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_search() TO ${app};

-- Without regard to case and accents. Letters outside ASCII that are left are spelled out, because pg_trgm knows only
-- those of the database's own locale: names in any script have trigrams then, and two letters of them are enough.
CREATE FUNCTION search_words(written text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp AS $$
DECLARE
    plain text := lower(upper(unaccent(normalize(written, NFKC)) COLLATE pg_c_utf8) COLLATE pg_c_utf8);
BEGIN
    IF octet_length(plain) = length(plain) THEN
        RETURN plain;
    END IF;
    RETURN (SELECT string_agg(CASE WHEN ascii(c) < 128 THEN c ELSE 'x' || lpad(to_hex(ascii(c)), 5, '0') END, '' ORDER BY i)
            FROM unnest(string_to_array(plain, NULL)) WITH ORDINALITY AS letters (c, i));
END
$$;

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['change_batch', 'change_by_user', 'follow_up', 'account_search'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', kept);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', kept);
        EXECUTE format(
            'CREATE POLICY of_the_transactions_tenants ON %I TO ${app} USING (%s) WITH CHECK (%s)', kept,
            'tenant_id = ANY ((SELECT string_to_array(current_setting(''muster.tenants'', true), '',''))::text[])',
            'tenant_id = ANY ((SELECT string_to_array(current_setting(''muster.tenants'', true), '',''))::text[])');
        EXECUTE format('CREATE POLICY auditor_reads_all ON %I FOR SELECT TO ${auditor} USING (true)', kept);
        EXECUTE format('GRANT SELECT ON %I TO ${auditor}', kept);
    END LOOP;
END
$$;
GRANT SELECT, INSERT ON change_batch, change_by_user TO ${app};
GRANT SELECT, INSERT, DELETE ON follow_up TO ${app};
GRANT SELECT, INSERT, UPDATE, DELETE ON account_search TO ${app};
CREATE POLICY find_work ON follow_up FOR SELECT TO ${finder} USING (true);
GRANT SELECT (tenant_id) ON follow_up TO ${finder};

-- Under a row-level policy an index serves leakproof operators only, and LIKE is none. So this one runs with the
-- owner's rights, for whom the policy lets all pass, and keeps to the transaction's tenant itself. It tells ids
-- alone: what stands behind them is read from account, under its policy.
CREATE POLICY search_with_the_index ON account_search FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION search_accounts(
    terms text[], wanted_state text, units text[], after_key text, after_id uuid, most integer)
RETURNS TABLE (found_key text, found_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant text := current_setting('muster.tenants', true);
    term   text;
    -- Planned for these very words: common ones are found in the order of the list, rare ones by their trigrams.
    query  text := 'SELECT s.upn_key, s.account_id FROM account_search s WHERE s.tenant_id = $1';
BEGIN
    IF tenant IS NULL OR tenant = '' OR strpos(tenant, ',') > 0 THEN
        RAISE EXCEPTION 'a search is for one tenant';
    END IF;
    FOREACH term IN ARRAY terms LOOP
        query := query || format(' AND s.words LIKE %L',
            '%' || regexp_replace(search_words(term), '[\\%_]', '\\\&', 'g') || '%');
    END LOOP;
    IF wanted_state IS NULL THEN
        query := query || ' AND s.state <> ''REMOVED''';
    ELSE
        query := query || ' AND s.state = $2';
    END IF;
    IF units IS NOT NULL THEN
        query := query || ' AND s.unit = ANY ($3)';
    END IF;
    IF after_key IS NOT NULL THEN
        query := query || ' AND (s.upn_key, s.account_id) > ($4, $5)';
    END IF;
    RETURN QUERY EXECUTE query || ' ORDER BY s.upn_key, s.account_id LIMIT $6'
        USING tenant, wanted_state, units, after_key, after_id, most;
END
$$;
REVOKE ALL ON FUNCTION search_accounts(text[], text, text[], text, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_accounts(text[], text, text[], text, uuid, integer) TO ${app};

-- What is there already. Forced row-level security would hide it from its owner.
ALTER TABLE account NO FORCE ROW LEVEL SECURITY;
ALTER TABLE change NO FORCE ROW LEVEL SECURITY;
ALTER TABLE follow_up NO FORCE ROW LEVEL SECURITY;
ALTER TABLE change_batch NO FORCE ROW LEVEL SECURITY;

DO $$
DECLARE
    part text;
BEGIN
    FOR part IN SELECT i.inhrelid::regclass::text FROM pg_inherits i WHERE i.inhparent = 'change'::regclass LOOP
        PERFORM make_day_partitions(to_date(right(part, 8), 'YYYYMMDD'));
    END LOOP;
END
$$;
INSERT INTO change_batch (tenant_id, id, job_id, kind, row_count, row_nos)
SELECT b.tenant_id, uuidv7(b.at - clock_timestamp()), b.job_id, b.kind, cardinality(b.row_nos), b.row_nos
FROM (SELECT c.tenant_id, c.job_id, c.kind, c.at, array_agg(c.row_no ORDER BY c.row_no) AS row_nos
      FROM change c GROUP BY c.tenant_id, c.job_id, c.kind, c.at) AS b;
INSERT INTO follow_up (tenant_id, batch_id, jobs, row_count)
SELECT b.tenant_id, b.id, ARRAY[b.job_id], b.row_count FROM change_batch b;
INSERT INTO follow_up (tenant_id, batch_id, jobs, row_count, accounts)
SELECT a.tenant_id, uuidv7(), '{}', count(*), array_agg(a.id)
FROM (SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id) / 2000 AS portion FROM account) AS a
GROUP BY a.tenant_id, a.portion;

ALTER TABLE account FORCE ROW LEVEL SECURITY;
ALTER TABLE change FORCE ROW LEVEL SECURITY;
ALTER TABLE follow_up FORCE ROW LEVEL SECURITY;
ALTER TABLE change_batch FORCE ROW LEVEL SECURITY;

-- As docs/decisions/0007-what-the-planner-believes.md has it, for look-ups before the first ANALYZE.
SELECT pg_restore_attribute_stats(
    'schemaname', 'public', 'relname', 'account_search', 'attname', a.name, 'inherited', false,
    'null_frac', 0::real, 'avg_width', a.width, 'n_distinct', a.n_distinct)
FROM (VALUES ('tenant_id', 8, 10::real), ('account_id', 16, -1), ('upn_key', 24, -1)) AS a (name, width, n_distinct);
