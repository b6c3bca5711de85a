package io.muster.bulkingest.upload;

import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.upload.rule.AllowedDomains;
import io.muster.contracts.command.Operation;
import io.muster.contracts.job.JobSnapshot.Notice;
import java.util.ArrayList;
import java.util.List;

/** An example of docs/csv.md: how it is uploaded, and in words what came of it. */
final class ExampleOfCsv {
  private final List<String> asked;

  /**
   * @param asked {@code operation=add license=E3 role=password-admin domain=x.com set=Column=Value}
   */
  ExampleOfCsv(String asked) {
    this.asked = List.of(asked.split(" "));
  }

  Upload applyTo(Upload upload) {
    upload.operation(Operation.of(all("operation").get(0)).orElseThrow());
    upload.licenses(all("license").toArray(String[]::new));
    if (!all("role").isEmpty()) {
      upload.roles(all("role").get(0));
    }
    upload.allowance(new Allowance(AllowedDomains.of(all("domain")), Long.MAX_VALUE));
    for (String set : all("set")) {
      upload.fill(set.substring(0, set.indexOf('=')), set.substring(set.indexOf('=') + 1));
    }
    return upload;
  }

  private List<String> all(String parameter) {
    return asked.stream()
        .filter(each -> each.startsWith(parameter + "="))
        .map(each -> each.substring(parameter.length() + 1))
        .toList();
  }

  String outcome(Upload.Outcome outcome) {
    StringBuilder text = new StringBuilder("| row | becomes |\n| --- | --- |");
    for (SpooledRow row : outcome.rows()) {
      text.append("\n| ").append(row.row()).append(" | ").append(words(row)).append(" |");
    }
    List<String> unknown = outcome.split().file().unknownColumns();
    for (Notice notice : outcome.split().notices()) {
      text.append("\n\nNotice `").append(notice.code()).append("`, rows: ").append(notice.rows());
      text.append(": ").append(notice.message()).append('.');
    }
    if (!unknown.isEmpty()) {
      text.append("\n\nNot used: ").append(String.join(", ", unknown)).append('.');
    }
    return text.toString();
  }

  private static String words(SpooledRow row) {
    if (row.isRefused()) {
      return "`" + row.refusal().code() + "`: " + row.refusal().detail();
    }
    List<String> effects = new ArrayList<>();
    row.properties().forEach((field, value) -> effects.add(field + " = " + value));
    if (row.operation() == Operation.ADD) {
      effects.add(row.active() ? "active" : "disabled");
    }
    if (row.sealedPassword() != null) {
      effects.add(
          (row.passwordIsHash() ? "hash" : "password")
              + (row.mustChangePassword() ? " that must be changed" : " that may stay"));
    }
    if (!row.licenses().isEmpty()) {
      effects.add("seats of " + String.join(", ", row.licenses()));
    }
    if (row.operation() == Operation.SET_LICENSES) {
      List<String> exact = row.exactLicenses();
      effects.add(
          exact == null
              ? "licenses left alone"
              : exact.isEmpty() ? "no licenses" : "exactly " + String.join(", ", exact));
    }
    String what = effects.isEmpty() ? "" : ": " + String.join("; ", effects);
    return row.operation().word() + " " + row.userPrincipalName() + what;
  }
}
