package io.muster.user.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.sealing.Keysets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GeneratedPasswordsTest {
  private final Keysets keysets = Keysets.inMemory();
  private final GeneratedPasswords passwords = new GeneratedPasswords(keysets);

  @Test
  void theyCanBeReadOutAndTypedIn() {
    for (int i = 0; i < 200; i++) {
      assertThat(passwords.make().clear().reveal())
          .matches(
              "([abcdefghjkmnpqrstuvwxyz23456789]{5}-){4}[abcdefghjkmnpqrstuvwxyz23456789]{5}");
    }
  }

  @Test
  void eachHasAtLeast120RandomBits() {
    int letters = 25;
    TreeMap<Character, Integer> counted = new TreeMap<>();
    Set<String> made = new HashSet<>();
    int passwordsMade = 4_000;
    for (int i = 0; i < passwordsMade; i++) {
      String text = passwords.make().clear().reveal();
      made.add(text);
      for (char c : text.replace("-", "").toCharArray()) {
        counted.merge(c, 1, Integer::sum);
      }
    }

    assertThat(letters * Math.log(counted.size()) / Math.log(2)).isGreaterThanOrEqualTo(120);
    assertThat(made).hasSize(passwordsMade);
    // Expected 3226 each; six standard deviations are 335.
    assertThat(counted.values()).allSatisfy(n -> assertThat(n).isBetween(2_880, 3_570));
  }

  @Test
  void drawsThatAreNoCharacterArePassedOver() {
    SecureRandom mostlyTooHigh =
        new SecureRandom() {
          private static final long serialVersionUID = 1L;

          @Override
          public void nextBytes(byte[] bytes) {
            java.util.Arrays.fill(bytes, (byte) 31);
            bytes[5] = 7;
          }
        };

    assertThat(new GeneratedPasswords(keysets, mostlyTooHigh).make().clear().reveal())
        .isEqualTo("hhhhh-hhhhh-hhhhh-hhhhh-hhhhh");
  }

  @Test
  void theRecordDoesNotShowTheClearText() {
    GeneratedPasswords.Generated made = passwords.make();

    assertThat(made.toString()).doesNotContain(made.clear().reveal());
    assertThat(made.hash()).doesNotContain(made.clear().reveal());
  }
}
