package io.muster.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Shuffled, repeated and partly broken events about people of whom many have the same name, while
 * one process after the other is killed: in the end the accounts are as a simple model says, and
 * every event is accounted for. {@code -Dmuster.hr.events=100000 -Dmuster.hr.employees=1000} is the
 * long form.
 */
class HrKillsST {
  private static final int EVENTS = Integer.getInteger("muster.hr.events", 3_000);
  private static final int EMPLOYEES = Integer.getInteger("muster.hr.employees", 100);
  private static final Duration PATIENCE = Duration.ofSeconds(120 + EVENTS / 100);

  private static final List<String> VICTIMS =
      List.of("bulk-ingest-service", "user-service", "kafka", "postgresql", "license-service");

  private static final String TENANT = "hr-kills";
  private static final Instant BEGINNING = Instant.parse("2024-01-01T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningSystem system = RunningSystem.shared();
  private final Random random = new Random(20_261_128);
  private final Map<String, Long> accounted = new TreeMap<>();

  /** Somebody, as the newest event that came so far tells them. */
  private static final class Modelled {
    private long last = -1;
    private boolean account;
    private boolean left;
    private String department;

    String take(long number, String type, String told) {
      if (number < last) {
        return "STALE";
      }
      last = number;
      switch (type) {
        case "hired" -> {
          account = true;
          left = false;
          department = told;
        }
        case "changed" -> {
          account |= !left;
          department = account ? told : department;
        }
        default -> left = true;
      }
      return "APPLIED";
    }

    String shown() {
      return account ? (left ? "DISABLED " : "ACTIVE ") + department : "none";
    }
  }

  @Test
  void theAccountsAreAsTheModelSaysAndEveryEventIsAccountedFor() throws Exception {
    Gateway admin = system.as(TENANT, "tenant-admin");
    admin.seats("E3", EMPLOYEES);
    Map<String, Modelled> model = new TreeMap<>();
    Set<String> ids = new HashSet<>();
    List<ObjectNode> events = events();
    int killEvery = events.size() / VICTIMS.size() + 1;

    try (HrSystem hr = new HrSystem(system)) {
      for (int i = 0; i < events.size(); i++) {
        ObjectNode event = events.get(i);
        String employee = event.path("data").path("employeeId").asText();
        boolean broken = random.nextInt(20) == 0;
        hr.tell(
            TENANT + "/" + employee,
            broken ? event.deepCopy().put("specversion", "2.0").toString() : event.toString());
        account(broken ? "DEAD" : take(event, employee, ids, model));
        if (i % killEvery == killEvery / 2) {
          kill(VICTIMS.get(i / killEvery), admin);
        }
      }
      hr.flush();
    }

    Awaitility.await("every event is accounted for")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .ignoreExceptionsMatching(e -> e instanceof java.io.UncheckedIOException)
        .untilAsserted(
            () -> {
              release(admin);
              assertThat(dispositions(admin)).isEqualTo(accounted);
            });
    Map<String, String> wanted = new TreeMap<>();
    model.forEach((employee, person) -> wanted.put(employee, person.shown()));
    Awaitility.await("the accounts are as the model says")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              release(admin);
              assertThat(accounts(model.keySet())).isEqualTo(wanted);
            });
    long active = wanted.values().stream().filter(each -> each.startsWith("ACTIVE")).count();
    assertThat(
            system.strings(
                "license-service",
                """
                SELECT s.assigned_seats || ' ' || count(a.sku) FROM subscription s
                LEFT JOIN license_assignment a ON a.tenant_id = s.tenant_id AND a.sku = s.sku
                WHERE s.tenant_id = '%s' GROUP BY s.assigned_seats
                """
                    .formatted(TENANT)))
        .containsExactly(active + " " + active);
  }

  private static String take(
      ObjectNode event, String employee, Set<String> ids, Map<String, Modelled> model) {
    if (!ids.add(event.path("id").asText())) {
      return "DUPLICATE";
    }
    String type = event.path("type").asText();
    return model
        .computeIfAbsent(employee, e -> new Modelled())
        .take(
            event.path("data").path("sequence").asLong(),
            type.substring(type.lastIndexOf('.') + 1),
            event.path("data").path("department").asText());
  }

  private void account(String disposition) {
    accounted.merge(disposition, 1L, Long::sum);
  }

  /** In mid-flight; goes on when the system has made itself whole. */
  private void kill(String victim, Gateway admin) {
    release(admin);
    long before = system.pid(victim);
    system.kill(victim);
    Awaitility.await("all is ready again")
        .atMost(Duration.ofSeconds(90))
        .until(() -> system.isReady() && system.pid(victim) != before);
  }

  /** What an administrator does who has seen that so many really left. */
  private static void release(Gateway admin) {
    Gateway.Answer feed = admin.get("/v1/hr/feed");
    if (feed.status() == 200 && feed.json().path("state").asText().equals("PAUSED")) {
      admin.post("/v1/hr/feed/release", "");
    }
  }

  private static Map<String, Long> dispositions(Gateway admin) {
    return admin.pages("/v1/hr/events?limit=1000").stream()
        .collect(
            Collectors.groupingBy(
                event -> event.path("disposition").asText(), TreeMap::new, Collectors.counting()));
  }

  /** What stands of each employee; two accounts of one that are not removed show as two. */
  private Map<String, String> accounts(Set<String> employees) throws SQLException {
    Map<String, String> shown = new TreeMap<>();
    for (String line :
        system.strings(
            "user-service",
            """
            SELECT employee_id || ' ' || state || ' ' || COALESCE(department, '') FROM account
            WHERE tenant_id = '%s' AND state <> 'REMOVED' AND employee_id IS NOT NULL
            """
                .formatted(TENANT))) {
      String[] parts = line.split(" ", 2);
      shown.merge(parts[0], parts[1], (one, another) -> one + " and " + another);
    }
    employees.forEach(employee -> shown.putIfAbsent(employee, "none"));
    return shown;
  }

  private List<ObjectNode> events() {
    List<ObjectNode> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      if (!events.isEmpty() && random.nextInt(6) == 0) {
        events.add(events.get(random.nextInt(events.size())));
      } else {
        events.add(event(i, random.nextInt(EMPLOYEES)));
      }
    }
    Collections.shuffle(events, random);
    return events;
  }

  private ObjectNode event(int number, int employee) {
    String type =
        switch (random.nextInt(5)) {
          case 0 -> "left";
          case 1, 2 -> "changed";
          default -> "hired";
        };
    ObjectNode event = JSON.createObjectNode();
    event
        .put("specversion", "1.0")
        .put("id", "event-" + number)
        .put("source", "/hr/kills")
        .put("type", "io.muster.hr." + type)
        .put("time", BEGINNING.plusSeconds(number).toString())
        .put("datacontenttype", "application/json");
    ObjectNode data = event.putObject("data");
    data.put("tenant", TENANT)
        .put("employeeId", "E" + employee)
        .put("firstName", "Ann")
        .put("lastName", "No" + employee % 25)
        .put("department", "D" + random.nextInt(9))
        .put("startDate", "2024-01-01")
        .put("sequence", number);
    if (type.equals("left")) {
      data.put("endDate", "2024-02-01");
    }
    data.putArray("licenses").add("E3");
    return event;
  }
}
