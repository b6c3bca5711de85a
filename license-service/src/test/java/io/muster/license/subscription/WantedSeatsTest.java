package io.muster.license.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.chassis.problem.RequestRefused;
import org.junit.jupiter.api.Test;

class WantedSeatsTest {
  @Test
  void bytesThatAreNoTextInAnyEncodingAreRefusedLikeAnyOtherBadBody() {
    byte[] body = {0, '{', 0, 0, 0, '}', 0, 0};

    assertThatThrownBy(() -> WantedSeats.read(body))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> assertThat(refused.problem().code()).isEqualTo("INVALID_REQUEST"));
  }
}
