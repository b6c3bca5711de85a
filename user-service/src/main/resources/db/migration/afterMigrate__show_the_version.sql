-- The service compares it with what it brings, where a Job migrates (quarkus.flyway.validate-at-start).
GRANT SELECT ON flyway_schema_history TO ${app};
