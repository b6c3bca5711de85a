package io.muster.user.provisioning;

import java.util.Objects;

/** An employee id as something that commands of a batch contend for. */
public record EmployeeIdKey(String tenant, String value) {
  public EmployeeIdKey {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(value, "value");
  }
}
