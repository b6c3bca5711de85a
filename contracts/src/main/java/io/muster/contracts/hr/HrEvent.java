package io.muster.contracts.hr;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * An event of an HR system: a CloudEvent 1.0 with its data, as structured mode writes it. Its exact
 * form is told by {@code schemas/hr-event.schema.json}. Each event tells the employee as HR sees
 * them from then on, whole, so that the newest alone is worth as much as all before it.
 *
 * @param specversion {@code 1.0}
 * @param id with the source the event's name for ever: of several of the same name one counts
 * @param source who says so, a URI reference
 * @param type a word of {@link HrEventType}
 * @param time when it happened, by which an older one is told from a newer; null = when it arrived
 * @param datacontenttype {@code application/json}; null means the same
 * @param subject not used; null where there is none
 * @param data never null
 */
public record HrEvent(
    String specversion,
    String id,
    String source,
    String type,
    Instant time,
    String datacontenttype,
    String subject,
    Data data) {
  public HrEvent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(data, "data");
    if (HrEventType.of(type).isEmpty()) {
      throw new IllegalArgumentException("not a type of HR's events");
    }
  }

  /**
   * Who it is about.
   *
   * @param tenant whose employee
   * @param employeeId HR's own number of them, never reused
   * @param firstName null where they have none, or the event leaves it as it is
   * @param lastName likewise; whoever is hired has one of the two
   * @param department null = as it is; empty = none
   * @param manager the user principal name of whom they report to; null = as it is; empty = none
   * @param unit administrative unit; null = as it is; empty = none
   * @param startDate first day of work; null = at once
   * @param endDate with LEFT, the last day of work; null = it is over now
   * @param licenses SKUs that they are to have; null = those of the role alone
   * @param role a word that the configuration maps to more licenses; null without one
   * @param sequence number of the event among those of this employee; null = the time decides
   */
  public record Data(
      String tenant,
      String employeeId,
      String firstName,
      String lastName,
      String department,
      String manager,
      String unit,
      LocalDate startDate,
      LocalDate endDate,
      List<String> licenses,
      String role,
      Long sequence) {
    public Data {
      Objects.requireNonNull(tenant, "tenant");
      Objects.requireNonNull(employeeId, "employeeId");
      licenses = licenses == null ? null : List.copyOf(licenses);
    }
  }

  /** {@link #type()} as one of the three. */
  public HrEventType kind() {
    return HrEventType.of(type).orElseThrow();
  }

  /** The same event about somebody told otherwise. */
  public HrEvent with(Data other) {
    return new HrEvent(specversion, id, source, type, time, datacontenttype, subject, other);
  }

  /** The record's key on the topic: all events of an employee in one partition. */
  public String key() {
    return data.tenant() + '/' + data.employeeId();
  }
}
