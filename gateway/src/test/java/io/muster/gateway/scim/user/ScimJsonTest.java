package io.muster.gateway.scim.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.chassis.problem.RequestRefused;
import org.junit.jupiter.api.Test;

class ScimJsonTest {
  @Test
  void bytesThatAreNoTextInAnyEncodingAreInvalidSyntax() {
    byte[] body = {0, '{', 0, 0, 0, '}', 0, 0};

    assertThatThrownBy(() -> ScimJson.read(body))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(400);
              assertThat(refused.problem().more()).containsEntry("scimType", "invalidSyntax");
            });
  }
}
