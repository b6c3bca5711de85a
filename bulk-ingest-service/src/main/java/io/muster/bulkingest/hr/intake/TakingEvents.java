package io.muster.bulkingest.hr.intake;

import io.muster.bulkingest.hr.DeadLetters;
import io.muster.bulkingest.hr.HrConfig;
import io.muster.bulkingest.hr.account.Answers;
import io.muster.bulkingest.hr.account.AskingFirst;
import io.muster.bulkingest.hr.event.EventLog;
import io.muster.bulkingest.hr.event.Receipt;
import io.muster.bulkingest.hr.order.DomainsOfTenants;
import io.muster.bulkingest.hr.order.ForeseeingQuestions;
import io.muster.bulkingest.hr.order.TakingTurns;
import io.muster.bulkingest.stream.AppendingRows;
import io.muster.chassis.hr.UnfitEvent;
import io.muster.chassis.hr.UnfitEvent.KnownOfIt;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.hr.DeadReason;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * A batch of HR's events in one transaction, before which user-service is asked: what was received
 * before is known by its place, what can't be read goes to the dead letters, the rest is decided
 * tenant by tenant, and the position is stored with all of it.
 */
@ApplicationScoped
public class TakingEvents {
  private final ReadingRecords reading;
  private final DomainsOfTenants tenants;
  private final TenantScope scope;
  private final EventLog log;
  private final AskingFirst asking;
  private final ForeseeingQuestions foreseeing;
  private final TakingTurns turns;
  private final DeadLetters letters;
  private final HrPositions positions;
  private final AppendingRows appending;
  private final HrConfig config;
  private final Clock clock;

  TakingEvents(
      ReadingRecords reading,
      DomainsOfTenants tenants,
      TenantScope scope,
      EventLog log,
      AskingFirst asking,
      ForeseeingQuestions foreseeing,
      TakingTurns turns,
      DeadLetters letters,
      HrPositions positions,
      AppendingRows appending,
      HrConfig config,
      Clock clock) {
    this.reading = reading;
    this.tenants = tenants;
    this.scope = scope;
    this.log = log;
    this.asking = asking;
    this.foreseeing = foreseeing;
    this.turns = turns;
    this.letters = letters;
    this.positions = positions;
    this.appending = appending;
    this.config = config;
    this.clock = clock;
  }

  /**
   * A record as far as it could be read.
   *
   * @param event null when it couldn't be
   * @param unfit why not; null when it could
   */
  private record Come(ConsumerRecord<byte[], byte[]> record, HrEvent event, UnfitEvent unfit) {
    String tenant() {
      return event != null ? event.data().tenant() : unfit.known().tenant();
    }

    Receipt.Place place() {
      return new Receipt.Place(record.partition(), record.offset());
    }

    DeadLetters.Letter letter(DeadReason reason, String field) {
      return new DeadLetters.Letter(tenant(), place().written(), reason, field, record.value());
    }
  }

  /**
   * @throws RuntimeException when database, broker or user-service are away; then nothing of it
   *     counts
   */
  void take(ConsumerRecords<byte[], byte[]> batch) {
    List<Come> come = new ArrayList<>(batch.count());
    Map<Integer, Long> next = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : batch) {
      come.add(read(record));
      next.merge(record.partition(), record.offset() + 1, Math::max);
    }
    if (come.isEmpty()) {
      return;
    }
    Map<String, Set<UUID>> jobs =
        asking.decide(
            () -> foreseeing.ofEvents(toDecide(come), clock.instant()),
            answers -> takeInTransaction(come, next, answers));
    jobs.forEach((tenant, theirs) -> theirs.forEach(job -> appending.tell(tenant, job)));
  }

  private Come read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new Come(record, reading.read(record), null);
    } catch (UnfitEvent e) {
      return new Come(record, null, e);
    }
  }

  private List<HrEvent> toDecide(List<Come> come) {
    Instant now = clock.instant();
    return come.stream()
        .filter(each -> each.event() != null && !isTooFarAhead(each, now))
        .map(Come::event)
        .toList();
  }

  private Map<String, Set<UUID>> takeInTransaction(
      List<Come> come, Map<Integer, Long> next, Answers answers) throws SQLException {
    Set<String> readable = new TreeSet<>();
    Set<String> named = new TreeSet<>();
    come.stream().filter(c -> c.event() != null).forEach(c -> readable.add(c.tenant()));
    come.stream().map(Come::tenant).filter(Objects::nonNull).forEach(named::add);
    scope.enter(named);
    Set<String> known = tenants.known(readable, named);
    Map<String, List<Receipt>> byTenant = new TreeMap<>();
    List<DeadLetters.Letter> dead = new ArrayList<>();
    List<Long> numbers = log.numbers(come.size());
    Instant now = clock.instant();
    for (int i = 0; i < come.size(); i++) {
      Come each = come.get(i);
      boolean isTenant = each.tenant() != null && known.contains(each.tenant());
      if (each.unfit() != null) {
        dead.add(each.letter(each.unfit().reason(), each.unfit().field()));
      } else if (!isTenant) {
        dead.add(each.letter(DeadReason.UNKNOWN_TENANT, null));
      } else if (isTooFarAhead(each, now)) {
        dead.add(each.letter(DeadReason.TOO_FAR_AHEAD, "time"));
      }
      Receipt receipt = isTenant ? receipt(each, numbers.get(i), now) : null;
      if (receipt != null) {
        byTenant.computeIfAbsent(each.tenant(), tenant -> new ArrayList<>()).add(receipt);
      }
    }
    Map<String, Set<UUID>> jobs = new TreeMap<>();
    for (Map.Entry<String, List<Receipt>> theirs : byTenant.entrySet()) {
      jobs.put(theirs.getKey(), turns.take(theirs.getKey(), theirs.getValue(), answers));
    }
    // Before the commit: a letter that is laid twice is better than none.
    letters.send(dead);
    positions.store(next);
    return jobs;
  }

  private boolean isTooFarAhead(Come each, Instant now) {
    Instant time = each.event().time();
    return time != null && time.isAfter(now.plus(config.timeAhead()));
  }

  /** Null where it has no name under which it could be found. */
  private Receipt receipt(Come each, long number, Instant now) {
    HrEvent event = each.event();
    if (event != null && isTooFarAhead(each, now)) {
      return Receipt.dead(number, event, DeadReason.TOO_FAR_AHEAD.name(), now, each.place());
    }
    if (event != null) {
      // A producer's clock says when it arrived, and may be wrong as well.
      Instant arrived = Instant.ofEpochMilli(each.record().timestamp());
      Instant time = event.time() != null ? event.time() : arrived.isAfter(now) ? now : arrived;
      return Receipt.fresh(number, event, time, now, each.place());
    }
    KnownOfIt of = each.unfit().known();
    return of.isNamed()
        ? Receipt.dead(
            number,
            new Receipt.Named(
                of.source(), of.id(), HrEventType.of(of.type()).orElse(null), of.employeeId()),
            each.unfit().reason().name(),
            now,
            each.place())
        : null;
  }
}
