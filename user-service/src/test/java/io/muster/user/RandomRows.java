package io.muster.user;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Rows of all operations that meet each other: few users, few employee ids. */
final class RandomRows {
  private static final List<String> USERS =
      List.of("a@x.com", "b@x.com", "c@x.com", "d@x.com", "E@x.com");
  private static final List<String> EMPLOYEE_IDS = List.of("E-1", "E-2", "E-3");

  private final Random random;
  private final String tenant;

  RandomRows(String tenant, long seed) {
    this.tenant = tenant;
    this.random = new Random(seed);
  }

  /** The same for every tenant with the same seed. */
  ARow next(UUID job, long row, long submission) {
    Operation operation = Operation.values()[random.nextInt(Operation.values().length)];
    if (random.nextInt(4) == 0) {
      operation = Operation.ADD;
    }
    String user = USERS.get(random.nextInt(USERS.size()));
    ARow made = new ARow(tenant, job, row, new Stamp(submission, row), operation, user);
    boolean takesEmployeeId = random.nextInt(3) > 0;
    String employeeId = EMPLOYEE_IDS.get(random.nextInt(EMPLOYEE_IDS.size()));
    boolean active = random.nextBoolean();
    int which = random.nextInt(4);
    if (operation == Operation.ADD || operation == Operation.SET) {
      if (takesEmployeeId) {
        made.with("employeeId", operation == Operation.SET && which == 0 ? "-" : employeeId);
      }
      made.with("jobTitle", "title " + row);
    }
    if (operation == Operation.ENABLE && active) {
      made.thatMayMake().with("firstName", "Somebody").with("jobTitle", "title " + row);
      if (takesEmployeeId) {
        made.with("employeeId", employeeId);
      }
      if (which == 0) {
        made.makingNoPassword();
      }
    }
    if (operation == Operation.ADD && active) {
      made.active();
    }
    if (operation == Operation.SET_LICENSES) {
      made.licenses("E3");
    }
    return made;
  }

  ARow rowFor(String user, UUID job, long row) {
    return new ARow(tenant, job, row, new Stamp(20, row), Operation.ADD, user);
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }
}
