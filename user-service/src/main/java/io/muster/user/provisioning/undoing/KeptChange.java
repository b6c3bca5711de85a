package io.muster.user.provisioning.undoing;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.user.provisioning.enabling.SignIn;
import java.util.UUID;

/**
 * A change as the table {@code change} keeps it.
 *
 * @param before what it found; null where the operation keeps another image
 * @param undone it was undone already
 */
record KeptChange(
    Operation operation, UUID accountId, Stamp stamp, SignIn before, boolean undone) {}
