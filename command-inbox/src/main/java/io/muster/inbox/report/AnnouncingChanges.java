package io.muster.inbox.report;

import io.muster.chassis.wire.Records;
import io.muster.chassis.wire.Wire;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.event.AccountEvent;
import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.Announcements;
import io.muster.inbox.Answer;
import io.muster.inbox.CommandType;
import io.muster.inbox.Happening;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the account events of a command, told from its stored outcome: for a repeat the very same,
 * ids included. Thread-safe. Why so: {@code docs/decisions/0028-account-events.md}.
 */
@ApplicationScoped
class AnnouncingChanges {
  private final Wire<AccountEvent> wire = Wire.of(Topics.ACCOUNT_EVENTS);
  private final Map<AccountEventType, Records> records = new EnumMap<>(AccountEventType.class);
  private final boolean enabled;

  AnnouncingChanges(
      AccountEventsConfig config,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.enabled = config.enabled();
    for (AccountEventType type : AccountEventType.values()) {
      records.put(type, new Records(service, "account." + type.word()));
    }
  }

  /**
   * @return in the order in which things happened; none where nothing did
   */
  <C> List<ProducerRecord<String, byte[]>> of(CommandType<C> type, Answer<C> answer) {
    if (!enabled) {
      return List.of();
    }
    Announcements<C> announcements = type.announcements();
    C command = answer.command();
    List<Happening> happenings = announcements.of(command, answer.outcome());
    if (happenings.isEmpty()) {
      return List.of();
    }
    String name = announcements.userPrincipalName(command);
    String key = Topics.userKey(type.tenant(command), name);
    List<ProducerRecord<String, byte[]>> events = new ArrayList<>(happenings.size());
    for (Happening happening : happenings) {
      events.add(
          new ProducerRecord<>(
              Topics.ACCOUNT_EVENTS.name(),
              null,
              key,
              wire.encode(event(type, command, name, happening)),
              records.get(happening.type()).headers(id(type, command, happening), null)));
    }
    return events;
  }

  private static <C> String id(CommandType<C> type, C command, Happening happening) {
    CommandId id = type.id(command);
    return Records.eventId(
        id.jobId(), id.row(), type.part(), happening.type(), type.undoes(command) != null);
  }

  private static <C> AccountEvent event(
      CommandType<C> type, C command, String name, Happening happening) {
    CommandId id = type.id(command);
    boolean aboutSeats =
        happening.type() == AccountEventType.LICENSED
            || happening.type() == AccountEventType.LICENSE_RELEASED;
    List<String> names = happening.names().isEmpty() ? null : happening.names();
    return new AccountEvent(
        happening.type(),
        type.tenant(command),
        name,
        id.jobId(),
        id.row(),
        happening.state(),
        aboutSeats ? null : names,
        aboutSeats ? names : null);
  }
}
