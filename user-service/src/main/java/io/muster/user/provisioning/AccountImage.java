package io.muster.user.provisioning;

import io.muster.contracts.command.Stamp;
import java.util.Map;

/**
 * An account as it was at one moment, for the audit and for undo.
 *
 * @param properties by {@code AccountProperty.field()}
 */
record AccountImage(
    String userPrincipalName,
    String state,
    String credential,
    boolean mustChangePassword,
    boolean isProtected,
    Map<String, String> properties,
    Stamp stateStamp,
    Stamp credentialStamp,
    Stamp propertiesStamp) {}
