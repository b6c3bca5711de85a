package io.muster.user.provisioning.kept;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.signin.SignIn;

/**
 * An account as the table {@code change} keeps it: as much of it as the change was about.
 *
 * @param signIn null where the change wasn't about it
 * @param properties null where the change wasn't about them
 */
public record KeptImage(@JsonUnwrapped SignIn signIn, @JsonUnwrapped PropertySet properties) {}
