package io.muster.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.ExitCode;
import io.muster.cli.job.Job;
import io.muster.cli.terminal.Results;
import io.muster.cli.terminal.Table;
import java.util.Locale;

/**
 * What came of a demo.
 *
 * @param rows of the file
 * @param job the job's document at its end
 * @param seconds from the upload's first byte to the last row's outcome
 * @param users in the address list, counted page by page; there were none before
 */
record DemoSummary(long rows, JsonNode job, double seconds, long users) {
  /** 0 only when every row was done, and the address list says so, too. */
  int exitCode() {
    boolean allDone = end().rows().succeeded() == rows;
    return allDone && isTrue() ? ExitCode.DONE : ExitCode.ROWS_FAILED;
  }

  ObjectNode document() {
    Job.Rows counts = end().rows();
    ObjectNode document =
        Results.object()
            .put("rows", rows)
            .put("succeeded", counts.succeeded())
            .put("failed", counts.failed())
            .put("seconds", seconds)
            .put("rowsPerSecond", rows / seconds)
            .put("usersInAddressList", users)
            .put("numbersAgree", isTrue());
    document.set("job", job);
    return document;
  }

  String text(int width) {
    Job.Rows counts = end().rows();
    StringBuilder text = new StringBuilder();
    line(text, "rows", "%,d", rows);
    line(text, "succeeded", "%,d", counts.succeeded());
    line(text, "failed", "%,d", counts.failed());
    line(text, "time", "%.1f s from the first byte to the last outcome", seconds);
    line(text, "speed", "%,.0f rows/s end to end", rows / seconds);
    line(
        text,
        "checked",
        isTrue()
            ? "the address list holds %,d users: the numbers agree"
            : "THE NUMBERS DON'T AGREE: the address list holds %,d users",
        users);
    if (!end().failures().isEmpty()) {
      Table table = new Table("ROWS", "CODE", "WHAT TO DO").keepWhole("CODE");
      end().failures().forEach(f -> table.row(f.rows(), f.code(), f.remedy()));
      text.append(table.render(width));
    }
    return text.append(
            """

            Next: ./muster up in one terminal, and in another one
              ./muster generate --operation add --rows 100 | ./muster import - --operation add --watch
            Read on: README.md, docs/path-of-a-row.md
            """)
        .toString();
  }

  /** Every row has one outcome, and each success is a user. */
  private boolean isTrue() {
    Job.Rows counts = end().rows();
    return counts.total() == rows && counts.ended() == rows && users == counts.succeeded();
  }

  private Job end() {
    return Job.of(job);
  }

  private static void line(StringBuilder text, String name, String format, Object value) {
    text.append(String.format(Locale.ROOT, "%-10s " + format + "%n", name, value));
  }
}
