package io.muster.benchmarks.loop;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.upload.RowRules;
import io.muster.bulkingest.upload.UploadLimits;
import io.muster.bulkingest.upload.header.FindingTheHeader;
import io.muster.bulkingest.upload.header.HeaderLine;
import io.muster.bulkingest.upload.rule.AllowedDomains;
import io.muster.bulkingest.upload.text.RowSplitter;
import io.muster.bulkingest.upload.text.UploadBytes;
import io.muster.bulkingest.upload.text.UploadText;
import io.muster.chassis.password.PasswordPolicy;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From a file's bytes to judged rows and commands, without the spool between: splitter, rules and
 * command as bulk-ingest-service uses them.
 */
public final class ReadingRows {
  private final UploadLimits limits = Samples.limits();
  private final RowRules rules = new RowRules(new PasswordPolicy());
  private final RowRules.Asked asked;

  /**
   * @param operation of every row
   */
  public ReadingRows(Operation operation) {
    this.asked =
        new RowRules.Asked(
            operation,
            Set.of("tenant-admin"),
            List.of(),
            AllowedDomains.ALL,
            (name, password) -> {
              throw new IllegalStateException("sealing is a loop of its own");
            });
  }

  /** Splits only; returns how many rows it saw. */
  public int split(byte[] file) throws IOException {
    RowSplitter rows = splitter(file);
    new FindingTheHeader(limits).in(rows);
    int count = 0;
    while (rows.next()) {
      count++;
    }
    return count;
  }

  /**
   * Splits, judges and makes the commands.
   *
   * @throws IllegalStateException when a row is refused: samples have none
   */
  public List<UserCommand> commands(byte[] file) throws IOException {
    RowSplitter rows = splitter(file);
    HeaderLine header = new FindingTheHeader(limits).in(rows).header();
    List<UserCommand> commands = new ArrayList<>();
    while (rows.next()) {
      SpooledRow row = rules.judge(commands.size() + 1L, cells(rows, header), asked);
      if (row.isRefused()) {
        throw new IllegalStateException("a sample row was refused: " + row.refusal().detail());
      }
      commands.add(command(row));
    }
    return commands;
  }

  /** Likewise, without the commands. */
  public List<SpooledRow> rows(byte[] file) throws IOException {
    RowSplitter rows = splitter(file);
    HeaderLine header = new FindingTheHeader(limits).in(rows).header();
    List<SpooledRow> judged = new ArrayList<>();
    while (rows.next()) {
      judged.add(rules.judge(judged.size() + 1L, cells(rows, header), asked));
    }
    return judged;
  }

  private RowSplitter splitter(byte[] file) throws IOException {
    return new RowSplitter(
        new UploadText(new UploadBytes(new ByteArrayInputStream(file), null, limits)), limits);
  }

  private static Map<Column, String> cells(RowSplitter rows, HeaderLine header) {
    Map<Column, String> cells = new EnumMap<>(Column.class);
    int count = Math.min(header.size(), rows.fields());
    for (int i = 0; i < count; i++) {
      Column column = header.column(i);
      if (column != null) {
        cells.put(column, rows.field(i));
      }
    }
    return cells;
  }

  private static UserCommand command(SpooledRow row) {
    return new UserCommand(
        Samples.TENANT,
        Samples.JOB,
        row.row(),
        new Stamp(1, row.row()),
        row.operation(),
        row.userPrincipalName(),
        false,
        row.active(),
        row.protectedAccount(),
        row.properties(),
        row.exactLicenses(),
        row.sealedPassword(),
        row.passwordIsHash(),
        row.mustChangePassword(),
        true,
        Samples.ACTOR,
        row.parts(),
        null,
        null,
        false);
  }
}
