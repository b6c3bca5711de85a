package io.muster.bulkingest.hr.account;

import io.muster.bulkingest.hr.person.Person.Standing;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What user-service told before the transaction began that decides by it. Whoever stands otherwise
 * now than when it was asked has to be asked about again. For one thread.
 */
public final class Answers {
  private final Map<String, Map<String, Told>> accounts = new HashMap<>();
  private final Map<String, Count> counts = new HashMap<>();

  /**
   * An employee's account.
   *
   * @param standing how they stood when it was asked; null where HR hadn't told of them
   * @param account null for none
   */
  public record Told(Standing standing, KnownAccount account) {}

  /**
   * Active accounts of a tenant.
   *
   * @param active never more than {@code most}
   * @param most where counting ended
   */
  public record Count(long active, long most) {
    /** Whether there may be more. */
    public boolean isCapped() {
      return active >= most;
    }
  }

  void tell(String tenant, String employeeId, Told told) {
    accounts.computeIfAbsent(tenant, t -> new HashMap<>()).put(employeeId, told);
  }

  void tell(String tenant, Count count) {
    counts.put(tenant, count);
  }

  /**
   * @param standing how they stand now; null where HR hasn't told of them
   * @return empty where it has to be asked
   */
  public Optional<Told> about(String tenant, String employeeId, Standing standing) {
    return Optional.ofNullable(accounts.getOrDefault(tenant, Map.of()).get(employeeId))
        .filter(told -> Objects.equals(told.standing(), standing));
  }

  /**
   * @return empty where it has to be asked
   */
  public Optional<Count> count(String tenant) {
    return Optional.ofNullable(counts.get(tenant));
  }
}
