package io.muster.bulkingest.hr;

import static org.awaitility.Awaitility.await;

import io.muster.bulkingest.Tenant;
import io.muster.bulkingest.stream.EndedRow;
import io.muster.chassis.hr.ReadingHrEvents;
import io.muster.contracts.command.Part;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.topic.Topics;
import io.muster.localstack.testing.TestPlatform;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A tenant's HR system, and what the database says became of its events. */
final class HrOfATenant implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Instant BEGINNING = Instant.parse("2024-01-01T08:00:00Z");

  private final Tenant tenant;
  private final KafkaProducer<String, byte[]> producer = producer();

  HrOfATenant(String purpose) {
    this.tenant = new Tenant(purpose);
  }

  private static KafkaProducer<String, byte[]> producer() {
    Map<String, Object> settings = new HashMap<>(TestPlatform.shared().kafkaClient("broker"));
    // What is told at once under one key comes in one batch: each flush sends at once anyway.
    settings.put("linger.ms", 200);
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  String tenant() {
    return tenant.name();
  }

  Tenant asTenant() {
    return tenant;
  }

  /** Operators have registered it with one domain of its own. */
  HrOfATenant withADomain() {
    Tenant.change(
        "INSERT INTO tenant (tenant_id, domains) VALUES (?, ARRAY['x.com'])", tenant.name());
    return this;
  }

  /** An event of that minute; named by a random id. */
  HrEvent event(HrEventType type, String employee, int minute, HrEvent.Data data) {
    return new HrEvent(
        "1.0",
        UUID.randomUUID().toString(),
        "/hr/" + tenant.name(),
        type.word(),
        BEGINNING.plusSeconds(60L * minute),
        null,
        null,
        data);
  }

  HrEvent hired(String employee, int minute, String first, String last) {
    return event(HrEventType.HIRED, employee, minute, data(employee, first, last, "Sales"));
  }

  HrEvent changed(String employee, int minute, String first, String last, String department) {
    return event(HrEventType.CHANGED, employee, minute, data(employee, first, last, department));
  }

  HrEvent left(String employee, int minute) {
    return event(HrEventType.LEFT, employee, minute, data(employee, null, null, null));
  }

  HrEvent.Data data(String employee, String first, String last, String department) {
    return data(employee, first, last, department, null, null, null, null);
  }

  HrEvent.Data data(
      String employee,
      String first,
      String last,
      String department,
      LocalDate start,
      LocalDate end,
      List<String> licenses,
      String role) {
    return new HrEvent.Data(
        tenant.name(),
        employee,
        first,
        last,
        department,
        null,
        null,
        start,
        end,
        licenses,
        role,
        null);
  }

  void tell(HrEvent... events) {
    tell(List.of(events));
  }

  void tell(List<HrEvent> events) {
    events.forEach(event -> tell(event.key(), ReadingHrEvents.write(event)));
    producer.flush();
  }

  /** Sends what was told one by one. */
  void flush() {
    producer.flush();
  }

  /** Anything; comes with the next flush, or soon. */
  void tell(String key, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(Topics.HR_EVENTS.name(), key, value));
  }

  /** With another time of its record than now. */
  void tellAsIf(Instant arrived, HrEvent event) {
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.HR_EVENTS.name(),
                null,
                arrived.toEpochMilli(),
                event.key(),
                ReadingHrEvents.write(event)));
    producer.flush();
  }

  /** An event in binary mode. */
  void tellInBinaryMode(HrEvent event, String data) {
    RecordHeaders headers = new RecordHeaders();
    Map.of(
            "ce_specversion", "1.0",
            "ce_id", event.id(),
            "ce_source", event.source(),
            "ce_type", event.type(),
            "ce_time", event.time().toString())
        .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    var unused =
        producer.send(
            new ProducerRecord<>(
                Topics.HR_EVENTS.name(),
                null,
                event.key(),
                data.getBytes(StandardCharsets.UTF_8),
                headers));
    producer.flush();
  }

  /** Waits until an event's first receipt is like that, {@code WAITING NAME} for example. */
  void await(HrEvent event, String disposition) {
    await("event of employee " + event.data().employeeId())
        .atMost(PATIENCE)
        .until(() -> became(event), all -> !all.isEmpty() && all.get(0).equals(disposition));
  }

  private static org.awaitility.core.ConditionFactory await(String what) {
    return org.awaitility.Awaitility.await(what);
  }

  /** What became of each receipt of an event, in their order. */
  List<String> became(HrEvent event) {
    return list(
        "SELECT concat_ws(' ', disposition, reason) FROM hr_event WHERE tenant_id = ? AND event_id = ? ORDER BY number",
        tenant.name(),
        event.id());
  }

  /** How many receipts there are of each disposition. */
  Map<String, Long> dispositions() {
    Map<String, Long> counts = new HashMap<>();
    for (String line :
        list(
            "SELECT disposition || ' ' || count(*) FROM hr_event WHERE tenant_id = ? GROUP BY disposition",
            tenant.name())) {
      String[] parts = line.split(" ");
      counts.put(parts[0], Long.valueOf(parts[1]));
    }
    return counts;
  }

  /** State and name of somebody. */
  String person(String employee) {
    List<String> found =
        list(
            "SELECT concat_ws(' ', state, name) FROM hr_person WHERE tenant_id = ? AND employee_id = ?",
            tenant.name(),
            employee);
    return found.isEmpty() ? null : found.get(0);
  }

  /** The row that is to hire somebody, as if its job had been cancelled before it was sent. */
  EndedRow cutOff(String employee) {
    String[] row =
        list(
                "SELECT hire_job || ' ' || hire_row FROM hr_person WHERE tenant_id = ? AND employee_id = ?",
                tenant.name(),
                employee)
            .get(0)
            .split(" ");
    return new EndedRow(
        tenant.name(),
        UUID.fromString(row[0]),
        Long.parseLong(row[1]),
        Part.USER,
        PartOutcome.SKIPPED,
        null,
        null);
  }

  /** What is scheduled about somebody, with its day. */
  List<String> scheduled(String employee) {
    return list(
        "SELECT what || ' ' || (due AT TIME ZONE 'UTC')::date FROM hr_scheduled"
            + " WHERE tenant_id = ? AND employee_id = ? ORDER BY what",
        tenant.name(),
        employee);
  }

  /**
   * Somebody is decided about meanwhile, by an event that is older than all others.
   *
   * @param name of their account; null for none
   */
  void hasHeardOf(String employee, String state, String name) {
    Tenant.change(
        """
        INSERT INTO hr_person (tenant_id, employee_id, state, name, name_key, named, attempt, last_time, licenses)
        VALUES (?, ?, ?, ?, ?, ?, 0, '2023-01-01T00:00:00Z', '')
        ON CONFLICT (tenant_id, employee_id) DO UPDATE SET state = excluded.state
        """,
        tenant.name(),
        employee,
        state,
        name,
        name,
        name != null);
  }

  /** The days that are waited for come now. */
  void theDayComes() {
    Tenant.change(
        "UPDATE hr_scheduled SET due = now() - interval '1 minute' WHERE tenant_id = ?",
        tenant.name());
  }

  static List<String> list(String sql, Object... parameters) {
    try (Connection connection = TestPlatform.shared().superuser("bulk-ingest-service");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
