package io.muster.contracts.event;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Something that happened to an account, for the tenant's other systems. Key on the topic: {@code
 * tenant/upn} in its compared form. Comes at least once, each time with the same id. Names what
 * changed and holds no value of it, and so no secret either: {@code
 * docs/decisions/0028-account-events.md}.
 *
 * @param type what happened
 * @param tenant whose account
 * @param userPrincipalName as the row has it
 * @param jobId a UUIDv7; the job of the row that did it
 * @param row the data row's number, from 1
 * @param state the state that the account is in after it; null where the event isn't about it
 * @param properties what was set or cleared, by {@code AccountProperty.field()}, or {@code
 *     protected}; null unless CHANGED
 * @param licenses SKUs of the seats that were taken or given back; null unless LICENSED or
 *     LICENSE_RELEASED
 */
public record AccountEvent(
    AccountEventType type,
    String tenant,
    String userPrincipalName,
    UUID jobId,
    long row,
    AccountState state,
    List<String> properties,
    List<String> licenses) {
  public AccountEvent {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(userPrincipalName, "userPrincipalName");
    Objects.requireNonNull(jobId, "jobId");
    if (row <= 0) {
      throw new IllegalArgumentException("rows count from 1");
    }
    properties = properties == null ? null : List.copyOf(properties);
    licenses = licenses == null ? null : List.copyOf(licenses);
  }
}
