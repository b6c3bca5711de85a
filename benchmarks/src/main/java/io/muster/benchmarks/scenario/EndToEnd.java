package io.muster.benchmarks.scenario;

import io.muster.contracts.command.Operation;
import java.util.List;
import java.util.Optional;

/**
 * A file from the upload to the end of its job. In this order, each finds the accounts as the ones
 * before it left them.
 */
public enum EndToEnd {
  ADD("add", Operation.ADD, "new accounts, disabled, with ten properties each"),
  ENABLE("enable", Operation.ENABLE, "those accounts, with one license and generated passwords"),
  ENABLE_GIVEN(
      "enable-given", Operation.ENABLE, "accounts of its own, with a password given in each row"),
  SET("set", Operation.SET, "two properties of those accounts"),
  SET_PASSWORD("set-password", Operation.SET_PASSWORD, "generated passwords for those accounts"),
  REMOVE("remove", Operation.REMOVE, "those accounts to the recycle bin");

  /** The subscription that {@code enable} takes seats of. */
  public static final String SKU = "E3";

  private final String scenario;
  private final Operation operation;
  private final String purpose;

  EndToEnd(String scenario, Operation operation, String purpose) {
    this.scenario = scenario;
    this.operation = operation;
    this.purpose = purpose;
  }

  /** By its name on the command line. */
  public static Optional<EndToEnd> named(String name) {
    for (EndToEnd each : values()) {
      if (each.scenario.equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** As on the command line and in the report. */
  public String scenario() {
    return scenario;
  }

  public Operation operation() {
    return operation;
  }

  /** What its rows do, in one line. */
  public String purpose() {
    return purpose;
  }

  /** Whether its file has a password in each row, of which the machine hashes some 100 a second. */
  public boolean givesPasswords() {
    return this == ENABLE_GIVEN;
  }

  /** Subscriptions of each row. */
  public List<String> licenses() {
    return this == ENABLE ? List.of(SKU) : List.of();
  }
}
