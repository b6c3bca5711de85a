package io.muster.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.Outcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A batch is cut into rounds; it comes out as if it had been applied one by one. */
@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class BatchesIT {
  private static final int BATCHES = 25;
  private static final int ROWS = 60;

  @Inject OneByOne oneByOne;

  private Bus bus;

  @BeforeEach
  void connect() {
    bus = new Bus();
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  @Test
  void anyBatchEqualsApplyingItOneByOne() throws Exception {
    for (int seed = 1; seed <= BATCHES; seed++) {
      UUID job = UuidCreator.getTimeOrderedEpoch();
      UUID tries = UuidCreator.getTimeOrderedEpoch();
      String together = Jobs.aTenant();
      String apart = Jobs.aTenant();
      List<UserCommand> batch = rows(together, seed, job, tries);

      Wire<UserCommand> wire = Wire.of(Topics.USER_COMMANDS);
      for (UserCommand command : batch) {
        bus.sendRaw(together, wire.encode(command), Records.commandId(job, command.row()));
      }
      Map<String, String> outcomes = oneByOne(rows(apart, seed, job, tries));

      Map<String, String> answers = new TreeMap<>();
      for (RowResult result : bus.results(job, commandsOf(batch, job))) {
        if (result.part() == Part.USER) {
          answers.merge(job + "/" + result.row(), told(result), BatchesIT::both);
        }
      }
      for (RowResult result : bus.results(tries, commandsOf(batch, tries))) {
        if (result.part() == Part.USER) {
          answers.merge(tries + "/" + result.row(), told(result), BatchesIT::both);
        }
      }
      assertThat(answers).as("seed " + seed).isEqualTo(outcomes);
      assertThat(accounts(together)).as("seed " + seed).isEqualTo(accounts(apart));
    }
  }

  private int commandsOf(List<UserCommand> batch, UUID job) {
    return (int) batch.stream().filter(c -> c.jobId().equals(job)).count();
  }

  private static List<UserCommand> rows(String tenant, long seed, UUID job, UUID tries) {
    RandomRows random = new RandomRows(tenant, seed);
    List<UserCommand> batch = new ArrayList<>();
    for (long row = 1; row <= ROWS; row++) {
      int kind = random.upTo(8);
      int which = batch.isEmpty() ? 0 : random.upTo(batch.size());
      ARow next = random.next(kind == 0 ? tries : job, row, 10 + random.upTo(3));
      UserCommand earlier = batch.isEmpty() ? null : batch.get(which);
      boolean canBeTakenBack =
          earlier != null && earlier.undoes() == null && !earlier.dryRun() && kind > 5;
      if (kind == 0) {
        batch.add(next.tryingOut().userPartOnly().command());
      } else if (canBeTakenBack) {
        batch.add(
            random
                .rowFor(earlier.userPrincipalName(), job, row)
                .takingBack(earlier)
                .userPartOnly()
                .command());
      } else {
        batch.add(next.userPartOnly().command());
      }
    }
    return batch;
  }

  private Map<String, String> oneByOne(List<UserCommand> batch) {
    Map<String, String> outcomes = new TreeMap<>();
    for (UserCommand command : batch) {
      Outcome outcome = oneByOne.apply(command);
      outcomes.merge(
          command.jobId() + "/" + command.row(),
          outcome.part() + " " + outcome.code(),
          BatchesIT::both);
    }
    return outcomes;
  }

  private static String told(RowResult result) {
    PartOutcome outcome = result.outcome();
    return outcome + " " + result.code();
  }

  private static String both(String one, String other) {
    return one + ", " + other;
  }

  private static List<String> accounts(String tenant) throws SQLException {
    return Tables.strings(
        """
        SELECT concat_ws('|', upn_key, state, removed_from, removed_from_submission,
            removed_from_row, credential, employee_id, job_title, state_submission, state_row,
            credential_submission, credential_row, properties_submission, properties_row)
        FROM account WHERE tenant_id = ? ORDER BY 1
        """,
        tenant);
  }
}
