package io.muster.contracts.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TenantIdTest {
  private static final Pattern OF_THE_API = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  @Test
  void anyTwoCharactersAreOneWhenTheApiSaysSo() {
    for (char first = 0; first < 0x180; first++) {
      for (char second = 0; second < 0x180; second++) {
        String text = "" + first + second;

        assertThat(TenantId.isOne(text)).isEqualTo(OF_THE_API.matcher(text).matches());
      }
    }
  }

  @Test
  void itHasOneTo63Characters() {
    assertThat(TenantId.isOne("")).isFalse();
    assertThat(TenantId.isOne("a")).isTrue();
    assertThat(TenantId.isOne("-")).isFalse();
    assertThat(TenantId.isOne("a".repeat(63))).isTrue();
    assertThat(TenantId.isOne("a".repeat(64))).isFalse();
  }

  @Test
  void aCommaWouldOpenAnotherTenantsRows() {
    assertThat(TenantId.isOne("contoso,fabrikam")).isFalse();
  }

  @Test
  void aLineBreakAtTheEndIsNoPartOfIt() {
    assertThat(TenantId.isOne("contoso\n")).isFalse();
  }
}
