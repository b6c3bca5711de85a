-- In which roles somebody acted, separated by commas; null in what was written before this was kept.
ALTER TABLE change ADD COLUMN actor_roles text;
ALTER TABLE password_check ADD COLUMN actor_roles text;

-- A user's checks, and those whose time is over; checks come one by one, so an index costs nothing to speak of.
CREATE INDEX password_check_of_a_user ON password_check (tenant_id, upn_key, id);
CREATE INDEX password_check_by_age ON password_check (at);
CREATE POLICY find_work ON password_check FOR SELECT TO ${finder} USING (true);
GRANT DELETE ON password_check TO ${app};
GRANT SELECT (tenant_id, id, at) ON password_check TO ${finder};
