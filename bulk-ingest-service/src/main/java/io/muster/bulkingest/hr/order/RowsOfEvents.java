package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.HrConfig;
import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.contracts.command.Operation;
import io.muster.contracts.hr.HrEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What an event's row says. Row numbers are those of the job that takes them. Thread-safe. */
@ApplicationScoped
public class RowsOfEvents {
  /** In a {@code set} row: the property becomes empty. */
  private static final String CLEARED = "-";

  private final HrConfig config;

  RowsOfEvents(HrConfig config) {
    this.config = config;
  }

  /** The SKUs that an event entitles to: its own, then those of its role, each once. */
  List<String> licenses(HrEvent.Data data) {
    List<String> licenses = new ArrayList<>();
    if (data.licenses() != null) {
      licenses.addAll(data.licenses());
    }
    if (data.role() != null) {
      licenses.addAll(config.roles().getOrDefault(data.role(), List.of()));
    }
    return licenses.stream().distinct().toList();
  }

  /** Whether an event says anything of licenses. */
  boolean speaksOfLicenses(HrEvent.Data data) {
    return data.licenses() != null || data.role() != null;
  }

  /** Makes the account or activates the one that is there, with the event's particulars. */
  SpooledRow hire(String name, HrEvent.Data data, List<String> licenses) {
    String[] values = values(name);
    put(values, Column.EMPLOYEE_ID, data.employeeId());
    put(values, Column.DISPLAY_NAME, displayName(data));
    put(values, Column.FIRST_NAME, data.firstName());
    put(values, Column.LAST_NAME, data.lastName());
    put(values, Column.DEPARTMENT, data.department());
    put(values, Column.MANAGER, data.manager());
    put(values, Column.UNIT, data.unit());
    put(values, Column.LICENSES, String.join(";", licenses));
    SpooledRow row = row(Operation.ENABLE, values, licenses).creating();
    return config.generatePasswords() ? row : row.withoutGenerating();
  }

  /**
   * Changes the account's properties.
   *
   * @return null when the event says nothing of them
   */
  SpooledRow change(String name, HrEvent.Data data) {
    String[] values = values(name);
    put(values, Column.FIRST_NAME, data.firstName());
    put(values, Column.LAST_NAME, data.lastName());
    if (data.firstName() != null && data.lastName() != null) {
      put(values, Column.DISPLAY_NAME, displayName(data));
    }
    put(values, Column.DEPARTMENT, orCleared(data.department()));
    put(values, Column.MANAGER, orCleared(data.manager()));
    put(values, Column.UNIT, orCleared(data.unit()));
    boolean says = false;
    for (Column column : Column.all()) {
      says |= column.property() != null && values[column.ordinal()] != null;
    }
    return says ? row(Operation.SET, values, List.of()) : null;
  }

  /** Gives the account exactly these. */
  SpooledRow license(String name, List<String> licenses) {
    String[] values = values(name);
    values[Column.LICENSES.ordinal()] = licenses.isEmpty() ? CLEARED : String.join(";", licenses);
    return row(Operation.SET_LICENSES, values, licenses);
  }

  /** Disables the account and gives its seats back. */
  SpooledRow disable(String name) {
    return row(Operation.DISABLE, values(name), List.of());
  }

  /** Moves the account to the recycle bin. */
  SpooledRow remove(String name) {
    return row(Operation.REMOVE, values(name), List.of());
  }

  private static String displayName(HrEvent.Data data) {
    String first = Objects.requireNonNullElse(data.firstName(), "");
    String last = Objects.requireNonNullElse(data.lastName(), "");
    return (first + ' ' + last).strip();
  }

  private static String orCleared(String value) {
    return value != null && value.isBlank() ? CLEARED : value;
  }

  private static String[] values(String name) {
    String[] values = new String[Column.all().size()];
    values[Column.USER_PRINCIPAL_NAME.ordinal()] = name;
    return values;
  }

  private static void put(String[] values, Column column, String value) {
    if (value != null && !value.isBlank()) {
      values[column.ordinal()] = value;
    }
  }

  private static SpooledRow row(Operation operation, String[] values, List<String> licenses) {
    // Whoever reads the row's cells sees what takes effect: nobody wrote anything else.
    return new SpooledRow(1, operation, values.clone(), values, false, null, licenses, null);
  }
}
