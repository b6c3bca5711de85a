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
 * @param rows of both files
 * @param add the first job at its end
 * @param enable the second job at its end
 * @param users what the address list holds after them, counted page by page; there were none before
 * @param seats the pool before and after
 */
record DemoSummary(long rows, Step add, Step enable, Users users, Seats seats) {
  /**
   * A file's way.
   *
   * @param job its document at the end
   * @param seconds from the upload's first byte to the last row's outcome
   */
  record Step(JsonNode job, double seconds) {
    Job end() {
      return Job.of(job);
    }
  }

  /** Counted in the address list. */
  record Users(long all, long active) {}

  /** A subscription's documents before and after the second file. */
  record Seats(JsonNode before, JsonNode after) {
    String sku() {
      return after.path("sku").asText();
    }

    long bought() {
      return after.path("totalSeats").asLong();
    }

    private static long assigned(JsonNode pool) {
      return pool.path("assignedSeats").asLong();
    }
  }

  /**
   * 0 only when every row came to the end that it had to, and address list and pool say so, too.
   */
  int exitCode() {
    long seatless = rows - seats.bought();
    boolean asItHadTo =
        add.end().rows().succeeded() == rows
            && enable.end().rows().succeeded() == seats.bought()
            && enable.end().failures().stream()
                .allMatch(f -> f.code().equals("NO_SEATS_LEFT") && f.rows() == seatless);
    return asItHadTo && isTrue() ? ExitCode.DONE : ExitCode.ROWS_FAILED;
  }

  ObjectNode document() {
    ObjectNode document = Results.object().put("rows", rows);
    document.set("add", document(add));
    document.set("enable", document(enable));
    document
        .put("usersInAddressList", users.all())
        .put("activeUsers", users.active())
        .put("numbersAgree", isTrue());
    document.set("seatsBefore", seats.before());
    document.set("seatsAfter", seats.after());
    return document;
  }

  private ObjectNode document(Step step) {
    ObjectNode document =
        Results.object()
            .put("succeeded", step.end().rows().succeeded())
            .put("failed", step.end().rows().failed())
            .put("seconds", step.seconds())
            .put("rowsPerSecond", rows / step.seconds());
    document.set("job", step.job());
    return document;
  }

  String text(int width) {
    StringBuilder text = new StringBuilder();
    step(text, "add", add);
    step(text, "enable", enable);
    line(
        text,
        "seats",
        "%s: %,d bought, %,d assigned before, %,d after",
        seats.sku(),
        seats.bought(),
        Seats.assigned(seats.before()),
        Seats.assigned(seats.after()));
    line(
        text,
        "checked",
        isTrue()
            ? "the address list holds %,d users, %,d of them active: the numbers agree"
            : "THE NUMBERS DON'T AGREE: the address list holds %,d users, %,d of them active",
        users.all(),
        users.active());
    failures(text, add, width);
    failures(text, enable, width);
    if (enable.end().rows().failed() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nThe pool was %,d seats short, on purpose. A row is all or nothing: those users are"
                  + " as they%nwere, disabled and without a password, and took no seat.%n",
              rows - seats.bought()));
    }
    return text.append(
            """

            Next: ./muster up in one terminal, and in another one
              ./muster generate --operation add --rows 100 | ./muster import - --operation add --watch
            Read on: README.md, docs/path-of-a-row.md
            """)
        .toString();
  }

  private void step(StringBuilder text, String name, Step step) {
    Job.Rows counts = step.end().rows();
    line(
        text,
        name,
        "%,d rows: %,d succeeded, %,d failed, in %.1f s from the first byte to the last outcome"
            + " (%,.0f rows/s)",
        counts.total(),
        counts.succeeded(),
        counts.failed(),
        step.seconds(),
        rows / step.seconds());
  }

  private static void failures(StringBuilder text, Step step, int width) {
    if (!step.end().failures().isEmpty()) {
      Table table = new Table("ROWS", "CODE", "WHAT TO DO").keepWhole("CODE");
      step.end().failures().forEach(f -> table.row(f.rows(), f.code(), f.remedy()));
      text.append(table.render(width));
    }
  }

  /** Every row has one outcome, each added row is a user, each enabled one active with a seat. */
  private boolean isTrue() {
    Job.Rows added = add.end().rows();
    Job.Rows enabled = enable.end().rows();
    return added.total() == rows
        && added.ended() == rows
        && enabled.total() == rows
        && enabled.ended() == rows
        && users.all() == added.succeeded()
        && users.active() == enabled.succeeded()
        && Seats.assigned(seats.after()) - Seats.assigned(seats.before()) == enabled.succeeded();
  }

  private static void line(StringBuilder text, String name, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-8s ", name));
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
