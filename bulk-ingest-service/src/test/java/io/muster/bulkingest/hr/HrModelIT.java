package io.muster.bulkingest.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Platform;
import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.hr.order.SettlingHires;
import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.contracts.hr.Disposition;
import io.muster.contracts.hr.HrEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Thousands of events, shuffled, repeated and partly broken, about people of whom many have the
 * same name: in the end accounts are as a simple model says, and every event is accounted for.
 */
@QuarkusTest
@QuarkusTestResource(Platform.class)
class HrModelIT {
  private static final long SEED = 20_260_128;
  private static final int EMPLOYEES = 120;
  private static final int EVENTS = 3_000;

  @Inject SettlingHires settling;

  private final Random random = new Random(SEED);

  /** Somebody, as the newest event that came so far tells them. */
  private static final class Modelled {
    private Instant last = Instant.MIN;
    private boolean account;
    private boolean left;
    private String department;

    /** Whose account came another way. */
    static Modelled who(String department) {
      Modelled who = new Modelled();
      who.account = true;
      who.department = department;
      return who;
    }

    Disposition take(HrEvent event) {
      if (event.time().isBefore(last)) {
        return Disposition.STALE;
      }
      last = event.time();
      switch (event.kind()) {
        case HIRED -> {
          account = true;
          left = false;
          department = event.data().department();
        }
        case CHANGED -> {
          account |= !left;
          department = account ? event.data().department() : department;
        }
        case LEFT -> left = true;
      }
      return Disposition.APPLIED;
    }

    String shown() {
      return account ? (left ? "disabled " : "active ") + department : "none";
    }
  }

  @Test
  void inTheEndAccountsAreAsTheModelSaysAndEveryEventIsAccountedFor() throws Exception {
    HrOfATenant hr = new HrOfATenant("model").withADomain();
    // Nobody asks about those who leave.
    Tenant.change(
        "INSERT INTO hr_feed (tenant_id, released_up_to) VALUES (?, ?)",
        hr.tenant(),
        Long.MAX_VALUE);
    Map<String, Modelled> model = new TreeMap<>();
    Map<Disposition, Long> expected = new HashMap<>();
    Set<String> names = new HashSet<>();
    try (DirectoryStandIn directory = new DirectoryStandIn(hr.tenant(), settling)) {
      directory.has("ann.no1@x.com", null);
      directory.has("somebody@x.com", "5", true, Map.of("department", "Before"));
      model.put("5", Modelled.who("Before"));

      for (HrEvent event : comeInOneWayOrAnother(hr)) {
        if (random.nextInt(20) == 0) {
          hr.tell(event.key(), broken(event));
          expected.merge(Disposition.DEAD, 1L, Long::sum);
        } else {
          hr.tell(event.key(), ReadingHrEvents.write(event));
          Disposition disposition =
              names.add(event.id())
                  ? model
                      .computeIfAbsent(event.data().employeeId(), id -> new Modelled())
                      .take(event)
                  : Disposition.DUPLICATE;
          expected.merge(disposition, 1L, Long::sum);
        }
      }

      Map<String, Long> counts = new HashMap<>();
      expected.forEach((disposition, count) -> counts.put(disposition.name(), count));
      await()
          .atMost(Duration.ofSeconds(120))
          .untilAsserted(() -> assertThat(hr.dispositions()).isEqualTo(counts));
      Map<String, String> wanted = new TreeMap<>();
      model.forEach((employee, person) -> wanted.put(employee, person.shown()));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(shown(directory, model.keySet())).isEqualTo(wanted));
      assertThat(directory.accounts().get("ann.no1@x.com").properties()).isEmpty();
    }
  }

  /** What the directory has of each; two accounts of one would show as two. */
  private static Map<String, String> shown(DirectoryStandIn directory, Set<String> employees) {
    Map<String, String> shown = new TreeMap<>();
    directory
        .accounts()
        .values()
        .forEach(
            account -> {
              if (account.employeeId() != null) {
                shown.merge(
                    account.employeeId(),
                    (account.active() ? "active " : "disabled ")
                        + account.properties().get("department"),
                    (one, another) -> one + " and " + another);
              }
            });
    shown.keySet().retainAll(employees);
    employees.forEach(employee -> shown.putIfAbsent(employee, "none"));
    return shown;
  }

  private List<HrEvent> comeInOneWayOrAnother(HrOfATenant hr) {
    List<HrEvent> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      if (!events.isEmpty() && random.nextInt(6) == 0) {
        events.add(events.get(random.nextInt(events.size())));
        continue;
      }
      int number = random.nextInt(EMPLOYEES);
      String employee = Integer.toString(number);
      String last = "No" + number % 25;
      events.add(
          switch (random.nextInt(4)) {
            case 0 -> hr.left(employee, i);
            case 1 -> hr.hired(employee, i, "Ann", last);
            default -> hr.changed(employee, i, "Ann", last, "D" + random.nextInt(9));
          });
    }
    Collections.shuffle(events, random);
    return events;
  }

  private static byte[] broken(HrEvent event) {
    return new String(ReadingHrEvents.write(event), StandardCharsets.UTF_8)
        .replace("\"specversion\":\"1.0\"", "\"specversion\":\"2.0\"")
        .getBytes(StandardCharsets.UTF_8);
  }
}
