package io.muster.bulkingest.dispatch.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Actor;
import io.muster.contracts.command.LicenseCommand;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.Part;
import io.muster.contracts.command.Stamp;
import io.muster.contracts.command.UserCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final UUID JOB = UUID.randomUUID();
  private static final RowCosts COSTS = new RowCosts(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MovableClock clock = new MovableClock();
  private final InFlight inFlight = new InFlight(clock);

  @Test
  void aRepeatedResultCountsOnce() {
    long slice = inFlight.sent(JOB, false, 11, COSTS, rows(11, 12, 15));

    inFlight.answered(slice, JOB, 12, Part.USER, false);
    inFlight.answered(slice, JOB, 12, Part.USER, false);

    assertThat(inFlight.costOut()).isEqualTo(2);
    assertThat(inFlight.costOutByJob()).containsKey(JOB);
  }

  @Test
  void aResultOfAnUnknownSliceOrAForeignJobCountsNothing() {
    long slice = inFlight.sent(JOB, false, 1, COSTS, rows(1, 2));

    inFlight.answered(slice + 1, JOB, 1, Part.USER, false);
    inFlight.answered(slice, UUID.randomUUID(), 1, Part.USER, false);
    inFlight.answered(slice, JOB, 0, Part.USER, false);

    assertThat(inFlight.costOut()).isEqualTo(2);
  }

  @Test
  void whenEverythingCameBackNothingIsOut() {
    long slice = inFlight.sent(JOB, false, 1, COSTS, rows(1, 2));

    inFlight.answered(slice, JOB, 2, Part.USER, false);
    inFlight.answered(slice, JOB, 1, Part.USER, false);

    assertThat(inFlight.costOut()).isZero();
    assertThat(inFlight.costOutByJob()).doesNotContainKey(JOB);
  }

  @Test
  void aSliceWhoseResultsNeverComeDoesNotHoldTheWindowForEver() {
    inFlight.sent(JOB, false, 1, COSTS, rows(1, 2));
    clock.pass(PATIENCE.multipliedBy(3));
    long later = inFlight.sent(JOB, false, 3, COSTS, rows(3));
    inFlight.answered(later, JOB, 3, Part.USER, false);

    inFlight.giveUpAfter(PATIENCE);

    assertThat(inFlight.costOut()).isZero();
  }

  @Test
  void whileNobodyAnswersOnlyOneSliceAtATimeIsGivenUp() {
    inFlight.sent(JOB, false, 1, COSTS, rows(1, 2));
    inFlight.sent(JOB, false, 3, COSTS, rows(3, 4));
    clock.pass(PATIENCE.multipliedBy(3));

    inFlight.giveUpAfter(PATIENCE);
    inFlight.giveUpAfter(PATIENCE);

    assertThat(inFlight.costOut()).isEqualTo(2);
  }

  @Test
  void eachPartOfARowIsWaitedFor() {
    long slice =
        inFlight.sent(JOB, false, 7, COSTS, List.of(row(7, null, true), row(8, null, true)));
    assertThat(inFlight.costOut()).isEqualTo(4);

    inFlight.answered(slice, JOB, 7, Part.LICENSE, false);
    inFlight.answered(slice, JOB, 7, Part.LICENSE, false);
    inFlight.answered(slice, JOB, 8, Part.USER, false);

    assertThat(inFlight.costOut()).isEqualTo(2);
  }

  @Test
  void aGivenPasswordCostsAsMuchAsItsHash() {
    long slice =
        inFlight.sent(JOB, false, 1, COSTS, List.of(row(1, "sealed", true), row(2, null, false)));
    assertThat(inFlight.costOut()).isEqualTo(100 + 1 + 1);

    assertThat(inFlight.answered(slice, JOB, 1, Part.LICENSE, false).hashed()).isFalse();
    assertThat(inFlight.answered(slice, JOB, 1, Part.USER, false).hashed()).isTrue();
    assertThat(inFlight.answered(slice, JOB, 1, Part.USER, false).hashed()).as("again").isFalse();
    assertThat(inFlight.costOut()).isEqualTo(1);

    inFlight.forget(slice);
    assertThat(inFlight.costOut()).isZero();
  }

  private static List<RowCommands> rows(long... numbers) {
    return Arrays.stream(numbers).mapToObj(number -> row(number, null, false)).toList();
  }

  private static RowCommands row(long number, String sealedPassword, boolean takesSeats) {
    Actor actor = new Actor("ada", Set.of(), Set.of());
    Stamp stamp = new Stamp(1, number);
    return new RowCommands(
        new UserCommand(
            "contoso",
            JOB,
            number,
            stamp,
            Operation.ENABLE,
            "a@b.c",
            false,
            false,
            null,
            null,
            null,
            sealedPassword,
            false,
            true,
            true,
            actor,
            takesSeats ? Set.of(Part.USER, Part.LICENSE) : Set.of(Part.USER),
            null,
            null,
            false),
        takesSeats
            ? new LicenseCommand(
                "contoso",
                JOB,
                number,
                stamp,
                LicenseCommand.Action.TAKE,
                List.of("E3"),
                "a@b.c",
                null,
                actor,
                null,
                null,
                null,
                null,
                false)
            : null);
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
