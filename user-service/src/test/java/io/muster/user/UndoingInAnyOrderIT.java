package io.muster.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.inbox.Outcome;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordSealer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Two jobs, one user, all operations, refused rows and undo jobs: compared to a model. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class UndoingInAnyOrderIT {
  private static final int USERS = 150;
  private static final long SEED = 20261124;

  /** Those whose license part may be refused after their user part was applied. */
  private static final Set<Operation> REFUSABLE = Set.of(Operation.ENABLE, Operation.SET_LICENSES);

  private static final List<Operation> OPERATIONS =
      List.of(
          Operation.ENABLE,
          Operation.ENABLE,
          Operation.SET_PASSWORD,
          Operation.SET,
          Operation.DISABLE,
          Operation.REMOVE,
          Operation.RESTORE,
          Operation.SET_LICENSES);

  @ConfigProperty(name = "muster.passwords.public-keys")
  Path publicKeys;

  @Inject OneByOne oneByOne;

  private final String tenant = Jobs.aTenant();
  private final Jobs setUp = Jobs.aJobOf(tenant);
  private final Random random = new Random(SEED);
  private PasswordSealer sealer;

  /** One user's story so far. */
  private final class Story {
    private final String upn;
    private final AccountModel model;
    private final List<UserCommand> open = new ArrayList<>();
    private final List<UserCommand> applied = new ArrayList<>();
    private final Set<UserCommand> undone = new HashSet<>();
    private final StringBuilder told = new StringBuilder();

    private Story(long row) {
      upn = "u" + row + "@x.com";
      ARow add = setUp.a(Operation.ADD, row, upn);
      boolean active = random.nextInt(3) == 0;
      boolean given = random.nextBoolean();
      if (active) {
        add.active();
      }
      if (given) {
        add.password(sealer.seal(upn, Secret.of("Vorn-Lapi-92-Xk4")));
      }
      UserCommand added = add.command();
      oneByOne.apply(added);
      model = new AccountModel(added, active, given ? "SET" : active ? "GENERATED" : "NONE");
      told.append(model);
    }

    /** As the dispatcher has it: admitted in one order, arriving in any. */
    private void admit(Jobs job, long row) {
      Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
      ARow wanted = job.a(operation, row, upn);
      switch (operation) {
        case SET -> wanted.with("jobTitle", "title" + job.stamp(row).submission());
        case SET_LICENSES -> wanted.licenses("E3");
        case ENABLE, SET_PASSWORD -> {
          if (random.nextBoolean()) {
            wanted.password(sealer.seal(upn, Secret.of("Vorn-Lapi-92-Xk4")));
          }
        }
        default -> {}
      }
      if (operation != Operation.SET && operation != Operation.SET_PASSWORD) {
        wanted.withLicensePart();
      }
      open.add(wanted.command());
    }

    private UserCommand next() {
      if (!open.isEmpty() && (applied.isEmpty() || random.nextBoolean())) {
        return open.remove(random.nextInt(open.size()));
      }
      if (applied.isEmpty()) {
        return null;
      }
      UserCommand which = applied.get(random.nextInt(applied.size()));
      boolean revertedSince = applied.stream().anyMatch(c -> which.id().equals(c.reverts()));
      boolean refusable =
          which.parts().contains(Part.LICENSE)
              && (which.reverts() != null
                  // Giving back the seats of an enable is never refused.
                  ? which.operation() != Operation.ENABLE
                  : REFUSABLE.contains(which.operation()));
      if (refusable && !revertedSince && random.nextBoolean() && undone.add(which)) {
        return ARow.undoOf(which);
      }
      return which.reverts() == null
          ? Jobs.aJobOf(tenant).a(which.operation(), 1, upn).takingBack(which).command()
          : null;
    }

    private void goOn() throws SQLException {
      UserCommand command = next();
      if (command == null) {
        return;
      }
      told.append("\n").append(words(command));
      String meant = model.take(command);
      Outcome outcome = oneByOne.apply(command);
      told.append(" -> ").append(meant).append(": ").append(model);
      assertThat(outcome.code() == null ? outcome.part().name() : outcome.code().name())
          .as(told.toString())
          .isEqualTo(meant);
      assertThat(stored()).as(told.toString()).isEqualTo(model.toString());
      if (meant.equals("APPLIED")) {
        applied.add(command);
      }
    }

    private String stored() throws SQLException {
      return Tables.strings(
              """
              SELECT state || '/' || state_submission || '.' || state_row || ' '
                  || credential || '/' || credential_submission || '.' || credential_row || ' '
                  || coalesce(job_title, '') || '/' || properties_submission || '.'
                  || properties_row || ' '
              FROM account WHERE tenant_id = ? AND upn_key = ?
              """,
              tenant,
              upn)
          .get(0);
    }

    private String words(UserCommand command) {
      String which = command.operation() + " by " + command.stamp().submission();
      if (command.undoes() != null) {
        return "refused elsewhere: " + command.stamp().submission();
      }
      return command.reverts() == null
          ? which + (command.sealedPassword() == null ? "" : " with password")
          : which
              + " takes back "
              + applied.stream()
                  .filter(c -> c.id().equals(command.reverts()))
                  .map(c -> c.stamp().submission())
                  .toList();
    }
  }

  @Test
  void everyStoryEndsAsTheIntentionsThatAreLeft() throws Exception {
    sealer = PasswordSealer.open(publicKeys, tenant, Clock.systemUTC());
    Jobs older = Jobs.aJobOf(tenant);
    Jobs newer = Jobs.aJobOf(tenant);
    for (long row = 1; row <= USERS; row++) {
      Story story = new Story(row);
      story.admit(older, row);
      story.admit(newer, row);
      for (int step = 0; step < 8; step++) {
        story.goOn();
      }
    }
    assertThat(dangling()).as("credentials that no account points at, or that are gone").isEmpty();
  }

  private List<String> dangling() throws SQLException, IOException {
    return Tables.strings(
        """
        SELECT a.upn_key || ': ' || a.credential
        FROM account a
        LEFT JOIN credential c ON c.tenant_id = a.tenant_id AND c.id = a.credential_id
        WHERE a.tenant_id = ?
          AND (a.credential <> coalesce(c.kind, 'NONE') OR c.superseded_at IS NOT NULL)
        UNION ALL
        SELECT 'nobody''s: ' || c.id
        FROM credential c
        WHERE c.tenant_id = ? AND c.superseded_at IS NULL
          AND NOT EXISTS (SELECT FROM account a WHERE a.tenant_id = c.tenant_id AND a.credential_id = c.id)
        """,
        tenant,
        tenant);
  }
}
