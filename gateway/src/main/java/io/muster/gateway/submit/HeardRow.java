package io.muster.gateway.submit;

import io.muster.contracts.command.Part;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowResult;
import io.muster.gateway.status.rows.SingleRow.End;
import io.muster.gateway.track.row.PartsOfARow;
import io.muster.gateway.track.row.RowOutcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one row of a single call's job, by the results that were told since somebody listens: the
 * same that the database would say of it, without asking. A result that was missed leaves it in
 * flight, since a row has ended only when each of its parts was heard. Thread-safe.
 */
final class HeardRow {
  private final Map<Part, RowResult> told = new EnumMap<>(Part.class);
  private PartsOfARow parts = PartsOfARow.UNHEARD;

  /** Takes a result of the job in, repeats as well. */
  synchronized void hear(RowResult result) {
    PartsOfARow before = parts;
    parts = before.heard(result.part(), result.outcome(), result.parts());
    // An undone part's note goes on being what was noted when it was applied.
    if (parts.of(result.part()) != before.of(result.part())
        && result.outcome() != PartOutcome.UNDONE) {
      told.put(result.part(), result);
    }
  }

  /**
   * @return empty while not all of its parts were heard
   */
  synchronized Optional<End> end() {
    return switch (parts.outcome()) {
      case PENDING, IN_FLIGHT, CANCELLED -> Optional.empty();
      case SUCCEEDED -> Optional.of(new End(RowOutcome.SUCCEEDED, null, notes()));
      case FAILED -> {
        RowResult refusal = told.get(parts.toBlame());
        yield Optional.of(new End(RowOutcome.FAILED, refusal.code(), refusal.detail()));
      }
    };
  }

  /** What happened to the user before what happened to seats. */
  private String notes() {
    String notes =
        Stream.of(Part.USER, Part.LICENSE)
            .map(told::get)
            .filter(result -> result != null && result.detail() != null)
            .map(RowResult::detail)
            .collect(Collectors.joining(" "));
    return notes.isEmpty() ? null : notes;
  }
}
