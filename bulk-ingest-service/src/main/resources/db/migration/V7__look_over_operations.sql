-- Why a job is paused is a code; what it says in words stays with the tenant.
GRANT SELECT (reason_code) ON job TO ${finder};
