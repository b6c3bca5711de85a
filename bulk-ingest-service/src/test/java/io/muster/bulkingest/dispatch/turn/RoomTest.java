package io.muster.bulkingest.dispatch.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RoomTest {
  private static final long WINDOW = 1_000;

  @Test
  void aSingleCallFindsRoomWhileFilesHaveTakenAllTheirs() {
    Room room = new Room(WINDOW, 0, 700, true);

    assertThat(room.files()).isZero();
    assertThat(room.singles()).isEqualTo(300);
  }

  @Test
  void singleCallsMayTakeAllWhileNoFilesWait() {
    Room room = new Room(WINDOW, 300, 0, false);

    assertThat(room.singles()).isEqualTo(700);
  }

  @Test
  void whatIsFreedIsGatheredBeforeFilesTakeIt() {
    assertThat(new Room(WINDOW, 0, 700 - 199, true).files()).isZero();
    Room room = new Room(WINDOW, 0, 700 - 200, true);
    assertThat(room.files()).isEqualTo(200);

    room.tookFile(198);

    assertThat(room.files()).as("the rest of it goes the same way").isEqualTo(2);
  }

  @Property
  void neitherTheWindowNorAShareIsExceededByMoreThanOneSlice(
      @ForAll @LongRange(min = 100, max = 20_000) long window,
      @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 700) Integer> costs,
      @ForAll long seed) {
    long singles = 0;
    long files = 0;
    long last = 0;
    Room room = new Room(window, 0, 0, true);
    for (int i = 0; i < costs.size(); i++) {
      boolean single = (seed >> (i % 63) & 1) == 0;
      int cost = costs.get(i);
      if (single && room.singles() > 0) {
        room.tookSingle(cost);
        singles += cost;
        last = Math.max(last, cost);
      } else if (!single && room.files() > 0) {
        room.tookFile(cost);
        files += cost;
        last = Math.max(last, cost);
      }
      assertThat(singles).isLessThanOrEqualTo(Room.share(window) - 1 + last);
      assertThat(files).isLessThanOrEqualTo(window - Room.share(window) - 1 + last);
    }
    assertThat(singles + files).isLessThanOrEqualTo(window + 2 * last);
  }
}
