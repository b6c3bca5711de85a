-- What HR systems told, and what follows from it. docs/decisions/0025-how-events-of-hr-become-rows.md.

-- The order in which events were received.
CREATE SEQUENCE hr_event_number;

-- Every receipt of an event, for ever: an event counts once. Who it is about by number only; what it says is sealed, and
-- kept only while it waits.
CREATE TABLE hr_event (
  tenant_id       text        NOT NULL,
  number          bigint      NOT NULL,
  source          text        NOT NULL,
  event_id        text        NOT NULL,
  -- As written: HIRED, CHANGED or LEFT, or null where it couldn't be told.
  type            text,
  employee_id     text,
  happened_at     timestamptz,
  received_at     timestamptz NOT NULL,
  -- Where it lay on the topic: the same place again is the same receipt.
  topic_partition integer     NOT NULL,
  topic_offset    bigint      NOT NULL,
  disposition     text        NOT NULL CHECK (disposition IN ('APPLIED', 'DUPLICATE', 'STALE', 'WAITING', 'DEAD')),
  -- Waits for NAME, DATE or RELEASE; is stale as OLDER or OVERTAKEN; is dead for a reason; was applied with NO_ACCOUNT.
  reason          text,
  decided_at      timestamptz,
  -- The first row that followed.
  job_id          uuid,
  row_no          bigint,
  sealed          bytea,
  PRIMARY KEY (tenant_id, number)
);

-- What is dead may come again under its name, once somebody has mended it.
CREATE UNIQUE INDEX hr_event_once ON hr_event (tenant_id, source, event_id)
  WHERE disposition NOT IN ('DUPLICATE', 'DEAD');
CREATE INDEX hr_event_by_place ON hr_event (tenant_id, topic_partition, topic_offset);
CREATE INDEX hr_event_by_employee ON hr_event (tenant_id, employee_id, number);
CREATE INDEX hr_event_by_disposition ON hr_event (tenant_id, disposition, number);
CREATE INDEX hr_event_to_do ON hr_event (tenant_id, number) WHERE disposition = 'WAITING' AND reason <> 'DATE';
CREATE INDEX hr_event_that_disabled ON hr_event (tenant_id, decided_at)
  WHERE type = 'LEFT' AND disposition = 'APPLIED' AND job_id IS NOT NULL;

-- An employee as HR told them last.
CREATE TABLE hr_person (
  tenant_id     text        NOT NULL,
  employee_id   text        NOT NULL,
  state         text        NOT NULL CHECK (state IN ('EXPECTED', 'HIRING', 'EMPLOYED', 'REFUSED', 'LEFT')),
  -- User principal name, and its compared form; null while there is none.
  name          text,
  name_key      text,
  -- Whether the account of that name is known to be this employee's.
  named         boolean     NOT NULL,
  -- The candidate that the name is, from 1; 0 without one.
  attempt       integer     NOT NULL,
  last_sequence bigint,
  last_time     timestamptz NOT NULL,
  -- As ordered last, joined by commas.
  licenses      text        NOT NULL,
  -- Of the row that makes or activates the account, while it is under way.
  hire_job      uuid,
  hire_row      bigint,
  hire_event    bigint,
  hire_sealed   bytea,
  hire_from     text,
  PRIMARY KEY (tenant_id, employee_id)
) WITH (fillfactor = 80);

CREATE INDEX hr_person_by_name ON hr_person (tenant_id, name_key) WHERE name_key IS NOT NULL;
CREATE INDEX hr_person_by_hire ON hr_person (tenant_id, hire_job, hire_row) WHERE state = 'HIRING';
CREATE INDEX hr_person_employed ON hr_person (tenant_id) WHERE state = 'EMPLOYED';

-- What is to be done on a later day.
CREATE TABLE hr_scheduled (
  tenant_id   text        NOT NULL,
  employee_id text        NOT NULL,
  what        text        NOT NULL CHECK (what IN ('HIRE', 'LEAVE', 'REMOVE')),
  due         timestamptz NOT NULL,
  -- The event that it follows from, sealed for that number.
  event       bigint      NOT NULL,
  sealed      bytea       NOT NULL,
  PRIMARY KEY (tenant_id, employee_id, what)
);

CREATE INDEX hr_scheduled_by_due ON hr_scheduled (due);
CREATE INDEX hr_scheduled_of_tenant ON hr_scheduled (tenant_id, due, employee_id, what);

-- A tenant's feed: one decides at a time, under its lock.
CREATE TABLE hr_feed (
  tenant_id      text        NOT NULL PRIMARY KEY,
  paused_at      timestamptz,
  paused_because text,
  released_at    timestamptz,
  released_by    text,
  -- Events up to this number have been seen by whoever released the feed.
  released_up_to bigint      NOT NULL DEFAULT 0
);

-- Up to where each partition of the topic is taken. No tenant's data.
CREATE TABLE hr_position (
  partition   integer NOT NULL PRIMARY KEY,
  next_offset bigint  NOT NULL CHECK (next_offset >= 0)
) WITH (fillfactor = 50);

DO $$
DECLARE
    each text;
    ours text := 'tenant_id = ANY ((SELECT string_to_array(current_setting(''muster.tenants'', true), '',''))::text[])';
BEGIN
    FOREACH each IN ARRAY ARRAY['hr_event', 'hr_person', 'hr_scheduled', 'hr_feed'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', each);
        EXECUTE format('CREATE POLICY tenants_of_the_transaction ON %I TO ${app} USING (%s) WITH CHECK (%s)', each, ours, ours);
        EXECUTE format('CREATE POLICY find_work ON %I FOR SELECT TO ${finder} USING (true)', each);
        EXECUTE format('CREATE POLICY read_all ON %I FOR SELECT TO ${auditor} USING (true)', each);
    END LOOP;
END
$$;

GRANT USAGE ON SEQUENCE hr_event_number TO ${app};
GRANT SELECT, INSERT, UPDATE ON hr_event, hr_person, hr_feed, hr_position TO ${app};
GRANT SELECT, INSERT, DELETE ON hr_scheduled TO ${app};
-- Whose work is due, and nothing of anybody.
GRANT SELECT (tenant_id, employee_id, number, disposition, reason) ON hr_event TO ${finder};
GRANT SELECT (tenant_id, employee_id, state) ON hr_person TO ${finder};
GRANT SELECT (tenant_id, due) ON hr_scheduled TO ${finder};
GRANT SELECT (tenant_id, paused_at) ON hr_feed TO ${finder};
GRANT SELECT ON hr_event, hr_person, hr_scheduled, hr_feed, hr_position TO ${auditor};
