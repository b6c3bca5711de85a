package io.muster.bulkingest.child;

import io.muster.bulkingest.guard.FailureLimit;
import io.muster.bulkingest.job.JobSight;
import io.muster.contracts.command.Actor;
import java.util.UUID;

/**
 * Who asks for a child of which job.
 *
 * @param sight what the caller may see
 * @param parent the job whose rows are to be done
 * @param actor the caller: their role and units go into the commands, not the parent's
 * @param bearer the caller's Authorization header
 * @param maxFailures of the child; null for the default
 */
record ChildRequest(
    JobSight sight, UUID parent, Actor actor, String bearer, FailureLimit maxFailures) {}
