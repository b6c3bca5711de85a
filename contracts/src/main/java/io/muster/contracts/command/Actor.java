package io.muster.contracts.command;

import java.util.Objects;
import java.util.Set;

/**
 * Who submitted, as the token said at that time; user-service enforces it row by row.
 *
 * @param subject the token's {@code sub}
 * @param roles the token's {@code roles}, never null
 * @param units administrative units of a delegated administrator, never null, empty for others
 */
public record Actor(String subject, Set<String> roles, Set<String> units) {
  /**
   * The HR feed, in its own name: it may what a tenant's administrator may. What is kept for it may
   * be collected by those.
   */
  public static final Actor HR_FEED = new Actor("hr-feed", Set.of("tenant-admin"), Set.of());

  public Actor {
    Objects.requireNonNull(subject, "subject");
    roles = roles == null ? Set.of() : Set.copyOf(roles);
    units = units == null ? Set.of() : Set.copyOf(units);
  }
}
