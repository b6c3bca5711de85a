package io.muster.bulkingest.dispatch;

import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import java.util.Objects;
import java.util.Set;

/**
 * What one row asks of the services, all at once.
 *
 * @param license null when the row takes no seats
 */
record RowCommands(UserCommand user, LicenseCommand license) {
  RowCommands {
    Objects.requireNonNull(user, "user");
  }

  long row() {
    return user.row();
  }

  int count() {
    return license == null ? 1 : 2;
  }

  /** One that has to be hashed. */
  /** What results are waited for; user-service may send the other part's command itself. */
  Set<Part> parts() {
    return user.parts();
  }

  boolean hasGivenPassword() {
    return user.sealedPassword() != null && !user.passwordIsHash();
  }
}
