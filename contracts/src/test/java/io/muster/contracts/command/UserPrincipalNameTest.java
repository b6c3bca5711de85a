package io.muster.contracts.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserPrincipalNameTest {
  @Test
  void namesThatDifferInCaseAloneAreTheSame() {
    String key = UserPrincipalName.keyOf("Chris.GREEN@Contoso.com");

    assertThat(key).isEqualTo("chris.green@contoso.com");
  }

  @Test
  void anAccentIsTheSameInOnePieceAndInTwo() {
    String inTwo = UserPrincipalName.keyOf("Jose\u0301@contoso.com");

    assertThat(inTwo).isEqualTo(UserPrincipalName.keyOf("Jos\u00E9@contoso.com"));
  }

  /** They skip the normalizer. */
  @Test
  void nothingBelowTheFirstCombiningMarkIsComposedWithAnything() {
    String all =
        IntStream.range(0, 0x300)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    for (int c = 0; c < 0x300; c++) {
      String withAll = all.replace("", Character.toString(c)).toLowerCase(Locale.ROOT);

      assertThat(UserPrincipalName.keyOf(withAll))
          .isEqualTo(Normalizer.normalize(withAll, Normalizer.Form.NFC));
    }
  }
}
