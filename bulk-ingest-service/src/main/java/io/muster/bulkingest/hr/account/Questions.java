package io.muster.bulkingest.hr.account;

import io.muster.bulkingest.hr.person.Person.Standing;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is to be asked of user-service, about any number of tenants. For one thread. */
public final class Questions {
  private final Map<String, Map<String, Standing>> employees = new TreeMap<>();
  private final Map<String, Long> counts = new TreeMap<>();

  /**
   * Which account an employee has.
   *
   * @param standing how they stand while it is asked; null where HR hasn't told of them
   */
  public void who(String tenant, String employeeId, Standing standing) {
    employees.computeIfAbsent(tenant, t -> new HashMap<>()).put(employeeId, standing);
  }

  /**
   * How many active accounts the tenant has.
   *
   * @param most where counting ends: beyond it, it makes no difference
   */
  public void howMany(String tenant, long most) {
    counts.merge(tenant, most, Math::max);
  }

  public boolean isEmpty() {
    return employees.isEmpty() && counts.isEmpty();
  }

  /** By tenant, then by employee id; the value is null where HR hasn't told of them. */
  Map<String, Map<String, Standing>> employees() {
    return employees;
  }

  /** By tenant, where counting ends. */
  Map<String, Long> counts() {
    return counts;
  }
}
