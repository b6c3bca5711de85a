package io.muster.bulkingest.hr.event;

import io.muster.contracts.hr.Disposition;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import io.muster.contracts.topic.Topics;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** An event as it was received once, and what has become of it. For one thread. */
public final class Receipt {
  private final long number;
  private final Named named;
  private final Instant time;
  private final Instant receivedAt;
  private final Place place;
  private final HrEvent event;
  private final boolean kept;
  private Disposition disposition;
  private String reason;
  private boolean changed;
  private UUID jobId;
  private Long row;

  /**
   * What an event is called.
   *
   * @param type null where it couldn't be told
   * @param employeeId likewise
   */
  public record Named(String source, String id, HrEventType type, String employeeId) {
    public Named {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(id, "id");
    }

    static Named of(HrEvent event) {
      return new Named(event.source(), event.id(), event.kind(), event.data().employeeId());
    }
  }

  /** Where it lies on the topic. */
  public record Place(int partition, long offset) {
    /** {@code topic/partition/offset}, as dead letters tell it. */
    public String written() {
      return Topics.HR_EVENTS.name() + '/' + partition + '/' + offset;
    }
  }

  private Receipt(
      long number,
      Named named,
      Instant time,
      Instant receivedAt,
      Place place,
      HrEvent event,
      boolean kept) {
    this.number = number;
    this.named = named;
    this.time = time;
    this.receivedAt = receivedAt;
    this.place = place;
    this.event = event;
    this.kept = kept;
  }

  /**
   * One that has just come.
   *
   * @param time when it happened
   */
  public static Receipt fresh(
      long number, HrEvent event, Instant time, Instant receivedAt, Place place) {
    return new Receipt(number, Named.of(event), time, receivedAt, place, event, false);
  }

  /** One that has just come and can't be read. */
  public static Receipt dead(
      long number, Named named, String reason, Instant receivedAt, Place place) {
    Receipt dead = new Receipt(number, named, null, receivedAt, place, null, false);
    dead.become(Disposition.DEAD, reason);
    return dead;
  }

  /** One that has just come and can be read, but not be true. */
  public static Receipt dead(
      long number, HrEvent event, String reason, Instant receivedAt, Place place) {
    return dead(number, Named.of(event), reason, receivedAt, place);
  }

  /** One out of the table, where it waits. */
  public static Receipt waiting(long number, HrEvent event, Instant time, String reason) {
    Receipt waiting = new Receipt(number, Named.of(event), time, null, null, event, true);
    waiting.disposition = Disposition.WAITING;
    waiting.reason = reason;
    return waiting;
  }

  /** What became of it; changes nothing where it is so already. */
  public void become(Disposition now, String because) {
    changed |= now != disposition || !Objects.equals(because, reason);
    disposition = now;
    reason = because;
  }

  /** A row followed from it; only the first is remembered. */
  public void ledTo(UUID itsJob, long itsRow) {
    if (jobId == null) {
      jobId = itsJob;
      row = itsRow;
      changed = true;
    }
  }

  /** Its place among all receipts of all tenants. */
  public long number() {
    return number;
  }

  public Named named() {
    return named;
  }

  /** When it happened; null of a dead one. */
  public Instant time() {
    return time;
  }

  Instant receivedAt() {
    return receivedAt;
  }

  Place place() {
    return place;
  }

  /** Null of one that can't be read. */
  public HrEvent event() {
    return event;
  }

  /** Whether it stands in the table already. */
  public boolean isKept() {
    return kept;
  }

  /** Whether the table doesn't say so yet. */
  public boolean isChanged() {
    return changed;
  }

  public Disposition disposition() {
    return disposition;
  }

  /** Why; null where there is nothing to add. */
  public String reason() {
    return reason;
  }

  UUID jobId() {
    return jobId;
  }

  Long row() {
    return row;
  }

  /** Whether what it says has to be kept for later. */
  boolean isToDo() {
    return disposition == Disposition.WAITING && !WaitsFor.DATE.name().equals(reason);
  }
}
