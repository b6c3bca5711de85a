package io.muster.license.seat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.contracts.command.Stamp;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private final Claims claims = new Claims();

  @Test
  void theNewestClaimIsTheStampAndWhenItIsUndoneTheOneBeforeIsAgain() {
    claimed(1, 2);

    claims.undo(stamp(2));

    assertThat(claims.newest()).isEqualTo(stamp(1));
  }

  @Test
  void aClaimInTheMiddleIsUndoneWithoutATraceAndNeverComesBack() {
    claimed(1, 2, 3);

    claims.undo(stamp(2));
    claims.undo(stamp(3));

    assertThat(claims.newest()).isEqualTo(stamp(1));
  }

  @Test
  void withTheLastClaimTheSeatIsFree() {
    claimed(1, 2);

    claims.undo(stamp(1));
    claims.undo(stamp(2));

    assertThat(claims.isEmpty()).isTrue();
  }

  @Test
  void aReleaseTakesWhatIsNotNewerAlsoBelowANewerClaim() {
    claimed(1, 2, 4);

    claims.release(stamp(3));
    claims.undo(stamp(4));

    assertThat(claims.isEmpty()).isTrue();
  }

  @Test
  void anUndoAfterReleaseAndANewTakeFindsNothing() {
    claimed(1);
    claims.release(stamp(2));
    claimed(3);

    claims.undo(stamp(1));

    assertThat(claims.newest()).isEqualTo(stamp(3));
  }

  @Test
  void whenThereAreTooManyTheOldestBecomePermanent() {
    int oneTooMany = Claims.MOST_UNDOABLE + 1;
    for (int i = 1; i <= oneTooMany + 1; i++) {
      claimed(i);
    }

    for (int i = 1; i <= oneTooMany + 1; i++) {
      claims.undo(stamp(i));
    }

    assertThat(claims.newest()).isEqualTo(stamp(2));
    assertThat(claims.earlier()).isEmpty();
    assertThat(claims.oldestIsPermanent()).isTrue();
  }

  @Test
  void exactlyAsManyAsFitCanAllBeUndone() {
    for (int i = 1; i <= Claims.MOST_UNDOABLE; i++) {
      claimed(i);
    }

    for (int i = 1; i <= Claims.MOST_UNDOABLE; i++) {
      claims.undo(stamp(i));
    }

    assertThat(claims.isEmpty()).isTrue();
  }

  @Test
  void aReleaseTakesThePermanentOneToo() {
    for (int i = 1; i <= 100; i++) {
      claimed(i);
    }

    claims.release(stamp(99));
    assertThat(claims.newest()).isEqualTo(stamp(100));
    claims.undo(stamp(100));

    assertThat(claims.isEmpty()).isTrue();
  }

  @Test
  void theSameClaimTwiceIsOne() {
    claimed(1, 1);

    claims.undo(stamp(1));

    assertThat(claims.isEmpty()).isTrue();
  }

  @Test
  void anOlderClaimIsNoneOfOurs() {
    claimed(2);

    assertThatThrownBy(() -> claims.add(stamp(1))).isInstanceOf(IllegalArgumentException.class);
    assertThat(claims.hasNewerThan(stamp(1))).isTrue();
    assertThat(claims.hasNewerThan(stamp(2))).isFalse();
  }

  @Test
  void whatWasReleasedComesBackToItsPlaceByAge() {
    claimed(1, 2, 4);
    Claims released = claims.release(stamp(3));

    claims.bringBack(released, stamp(5));
    claims.undo(stamp(4));

    assertThat(claims.earlier()).containsExactly(stamp(1), stamp(2));
    assertThat(claims.newest()).isEqualTo(stamp(5));
    assertThat(claims.newestOnlyConfirms()).isTrue();
  }

  @Test
  void aSeatThatCameBackIsFreeWhenTheClaimsThatItHadAreUndone() {
    claimed(1);
    claims.bringBack(claims.release(stamp(2)), stamp(3));

    claims.undo(stamp(1));

    assertThat(claims.isEmpty()).isTrue();
    assertThat(claims.newest()).isNull();
  }

  @Test
  void anOldReleaseDoesNotTakeWhatCameBackAfterIt() {
    claimed(1);
    claims.bringBack(claims.release(stamp(2)), stamp(4));

    assertThat(claims.release(stamp(3)).isEmpty()).isTrue();
    assertThat(claims.isEmpty()).isFalse();
    assertThat(claims.hasNewerThan(stamp(3))).isTrue();

    claims.release(stamp(5));
    assertThat(claims.isEmpty()).isTrue();
  }

  @Test
  void permanentClaimsThatMeetBecomeOne() {
    for (int i = 1; i <= 40; i++) {
      claimed(i);
    }
    Claims released = claims.release(stamp(40));
    for (int i = 41; i <= 80; i++) {
      claimed(i);
    }

    claims.bringBack(released, null);

    assertThat(claims.earlier().size()).isEqualTo(Claims.MOST_UNDOABLE);
    assertThat(claims.oldestIsPermanent()).isTrue();
    for (int i = 1; i <= 80; i++) {
      claims.undo(stamp(i));
    }
    assertThat(claims.isEmpty()).isFalse();
  }

  private void claimed(int... submissions) {
    for (int submission : submissions) {
      claims.add(stamp(submission));
    }
  }

  private static Stamp stamp(long submission) {
    return new Stamp(submission, 1);
  }
}
