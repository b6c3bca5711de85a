package io.muster.user.provisioning.adding;

import java.util.Map;

/**
 * An account as a change left it, for the audit. Its stamps are the change's own and stand beside
 * it; an image of what was there before needs them written out.
 *
 * @param properties by {@code AccountProperty.field()}
 */
record AccountImage(
    String userPrincipalName,
    String state,
    String credential,
    boolean mustChangePassword,
    boolean isProtected,
    Map<String, String> properties) {}
