-- Search at size: docs/decisions/0023-how-a-million-are-searched.md.

-- Words are spelled by the service from now on (io.muster.user.search.Spelling), so all are written anew.
TRUNCATE account_search;
DROP FUNCTION search_accounts(text[], text, text[], text, uuid, integer);
DROP FUNCTION search_words(text);

-- The list's order with the words in it: whoever walks it for common words needs no page of the table.
DROP INDEX account_search_in_order;
CREATE INDEX account_search_in_order ON account_search (tenant_id, upn_key, account_id) INCLUDE (words);
CREATE INDEX account_search_in_unit ON account_search (tenant_id, unit, upn_key, account_id) WHERE unit IS NOT NULL;
-- New words are filled in by the thousand, after which the pending list is empty again: so it may grow meanwhile, and
-- each key is gone to once for all of them. The tenant is written as an expression, so that a search by parts
-- has this index only to be planned with.
DROP INDEX account_search_words;
CREATE INDEX account_search_words ON account_search USING gin ((tenant_id || ''), words gin_trgm_ops);
ALTER FUNCTION settle_search() SET maintenance_work_mem = '64MB';
-- Walking is fast where pages are known to be visible to all.
ALTER TABLE account_search SET (
    autovacuum_vacuum_insert_threshold = 20000, autovacuum_vacuum_insert_scale_factor = 0.05,
    autovacuum_analyze_threshold = 20000);

-- Accounts whose words are to be written anew, in the order in which they changed.
CREATE TABLE search_due (
    tenant_id text COLLATE "C" NOT NULL,
    id        uuid NOT NULL,
    -- Not while big jobs run, if it can wait: see io.muster.user.behind.Pace.
    can_wait  boolean NOT NULL,
    row_count integer NOT NULL,
    accounts  uuid[] NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
-- Packing it would cost more than it saves.
ALTER TABLE search_due ALTER COLUMN accounts SET STORAGE EXTERNAL;
ALTER TABLE search_due ENABLE ROW LEVEL SECURITY;
ALTER TABLE search_due FORCE ROW LEVEL SECURITY;
CREATE POLICY of_the_transactions_tenants ON search_due TO ${app}
    USING (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]))
    WITH CHECK (tenant_id = ANY ((SELECT string_to_array(current_setting('muster.tenants', true), ','))::text[]));
CREATE POLICY auditor_reads_all ON search_due FOR SELECT TO ${auditor} USING (true);
CREATE POLICY find_work ON search_due FOR SELECT TO ${finder} USING (true);
GRANT SELECT, INSERT, DELETE ON search_due TO ${app};
GRANT SELECT ON search_due TO ${auditor};
GRANT SELECT (tenant_id, id, can_wait, row_count) ON search_due TO ${finder};
GRANT SELECT (tenant_id, batch_id, jobs, row_count) ON follow_up TO ${finder};

ALTER TABLE account NO FORCE ROW LEVEL SECURITY;
ALTER TABLE search_due NO FORCE ROW LEVEL SECURITY;
INSERT INTO search_due (tenant_id, id, can_wait, row_count, accounts)
SELECT a.tenant_id, uuidv7(), false, count(*), array_agg(a.id)
FROM (SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id) / 10000 AS portion FROM account) AS a
GROUP BY a.tenant_id, a.portion;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
ALTER TABLE search_due FORCE ROW LEVEL SECURITY;

-- The list of a unit, which is all that a password-admin sees.
CREATE INDEX account_in_unit ON account (tenant_id, unit, upn_key, id) WHERE unit IS NOT NULL;

-- As account_active: one key for each tenant, and always added to at its end. A search among few accounts of a state
-- begins with them.
CREATE INDEX account_disabled ON account (tenant_id) WHERE state = 'DISABLED';

-- Both searches run with the owner's rights (V10 tells why) and keep to the transaction's one tenant. They tell ids
-- alone. A row of nulls says that there is more to look at than they looked at.
CREATE FUNCTION the_one_tenant() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    tenant text := current_setting('muster.tenants', true);
BEGIN
    IF tenant IS NULL OR tenant = '' OR strpos(tenant, ',') > 0 THEN
        RAISE EXCEPTION 'a search is for one tenant';
    END IF;
    RETURN tenant;
END
$$;

-- Walks the list from a place on: for what is common. Ends when the page is full or so many were looked
-- at; the greatest integer means all.
CREATE FUNCTION search_in_order(
    patterns text[], wanted_state text, wanted_unit text, after_key text, after_id uuid, most integer, look_at integer)
RETURNS TABLE (found_key text, found_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off AS $$
DECLARE
    tenant  text := the_one_tenant();
    pattern text;
    place   text := 's.tenant_id = $1';
    words   text := 'true';
    hits    integer;
    more    boolean;
BEGIN
    IF wanted_unit IS NOT NULL THEN
        place := place || ' AND s.unit = $2';
    END IF;
    IF after_key IS NOT NULL THEN
        place := place || ' AND (s.upn_key, s.account_id) > ($3, $4)';
    END IF;
    FOREACH pattern IN ARRAY patterns LOOP
        words := words || format(' AND w.words LIKE %L', pattern);
    END LOOP;
    RETURN QUERY EXECUTE format($q$
        SELECT w.upn_key, w.account_id
        FROM (SELECT s.upn_key, s.account_id, s.words FROM account_search s WHERE %s
              ORDER BY s.upn_key, s.account_id LIMIT $7) AS w
        CROSS JOIN LATERAL (
            SELECT FROM account_search s
            WHERE s.account_id = w.account_id AND s.tenant_id = $1
              AND CASE WHEN $5 IS NULL THEN s.state <> 'REMOVED' ELSE s.state = $5 END
            OFFSET 0) AS as_wanted
        WHERE %s
        ORDER BY w.upn_key, w.account_id
        LIMIT $6 $q$, place, words)
        USING tenant, wanted_unit, after_key, after_id, wanted_state, most, look_at;
    GET DIAGNOSTICS hits = ROW_COUNT;
    IF hits < most AND look_at < 2147483647 THEN
        EXECUTE format($q$
            SELECT EXISTS (SELECT FROM account_search s WHERE %s
                           ORDER BY s.upn_key, s.account_id OFFSET $5 LIMIT 1) $q$, place)
            INTO more USING tenant, wanted_unit, after_key, after_id, look_at;
        IF more THEN
            found_key := NULL;
            found_id := NULL;
            RETURN NEXT;
        END IF;
    END IF;
END
$$;

-- Looks all up that have the parts: for what is rare. Gives up when there are more than so many.
-- The index is asked for what each look-up has in it, or for one of the alternatives; the patterns are what counts.
CREATE FUNCTION search_by_parts(
    patterns text[], look_ups text[], alternatives text[], wanted_state text, units text[], after_key text, after_id uuid, most integer,
    at_most integer)
RETURNS TABLE (found_key text, found_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off SET jit = off AS $$
DECLARE
    tenant      text := the_one_tenant();
    pattern     text;
    alternative text;
    words       text := '';
    parts       text := '';
    filter      text := 'true';
BEGIN
    FOREACH pattern IN ARRAY patterns LOOP
        words := words || format(' AND (s.words || '''') LIKE %L', pattern);
    END LOOP;
    FOREACH pattern IN ARRAY look_ups LOOP
        words := words || format(' AND s.words LIKE %L', pattern);
    END LOOP;
    FOREACH alternative IN ARRAY CASE WHEN cardinality(alternatives) = 0 THEN ARRAY[''] ELSE alternatives END LOOP
        parts := parts || CASE WHEN parts = '' THEN '' ELSE ' UNION ALL ' END || format($q$
            (SELECT s.upn_key, s.account_id, s.state, s.unit FROM account_search s
             WHERE (s.tenant_id || '') = $1 %s %s LIMIT $7 + 1) $q$,
            CASE WHEN alternative = '' THEN '' ELSE format('AND s.words ~ %L', alternative) END, words);
    END LOOP;
    IF wanted_state IS NULL THEN
        filter := filter || ' AND p.state <> ''REMOVED''';
    ELSE
        filter := filter || ' AND p.state = $2';
    END IF;
    IF units IS NOT NULL THEN
        filter := filter || ' AND p.unit = ANY ($3)';
    END IF;
    IF after_key IS NOT NULL THEN
        filter := filter || ' AND (p.upn_key, p.account_id) > ($4, $5)';
    END IF;
    RETURN QUERY EXECUTE format($q$
        WITH parts AS MATERIALIZED (%s)
        SELECT NULL::text, NULL::uuid WHERE (SELECT count(*) FROM parts) > $7
        UNION ALL
        (SELECT DISTINCT p.upn_key, p.account_id FROM parts p
         WHERE (SELECT count(*) FROM parts) <= $7 AND %s
         ORDER BY p.upn_key, p.account_id LIMIT $6) $q$, parts, filter)
        USING tenant, wanted_state, units, after_key, after_id, most, at_most;
END
$$;
REVOKE ALL ON FUNCTION the_one_tenant() FROM PUBLIC;
REVOKE ALL ON FUNCTION search_in_order(text[], text, text, text, uuid, integer, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION search_by_parts(text[], text[], text[], text, text[], text, uuid, integer, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_in_order(text[], text, text, text, uuid, integer, integer),
    search_by_parts(text[], text[], text[], text, text[], text, uuid, integer, integer) TO ${app};
