package io.muster.bulkingest.dispatch.window;

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
public record RowCommands(UserCommand user, LicenseCommand license) {
  public RowCommands {
    Objects.requireNonNull(user, "user");
  }

  public long row() {
    return user.row();
  }

  public int count() {
    return license == null ? 1 : 2;
  }

  /** What results are waited for; user-service may send the other part's command itself. */
  public Set<Part> parts() {
    return user.parts();
  }

  /** One that has to be hashed. */
  public boolean hasGivenPassword() {
    return user.sealedPassword() != null && !user.passwordIsHash();
  }
}
