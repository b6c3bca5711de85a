package io.muster.chassis.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {
  private static final String CHRIS = "chris.green@contoso.com";

  private final PasswordPolicy policy = new PasswordPolicy();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Password1!",
        "password",
        "P@ssw0rd2024!",
        "p4$$w0rd123456",
        "PASSWORD1234!!",
        "2024!Password!",
        "passwordpassword",
        "Welcome123456!",
        "iloveyou12345",
        "dr4g0n!!!!!!!!",
        "qwertyuiop123",
        "123456789012",
        "210987654321",
        "aaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "abcdefghijklmn",
      })
  void commonOnesAndTheirTrivialVariantsAreWeak(String password) {
    assertThat(policy.weakness(password, CHRIS)).get().asString().contains("common");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Xk4-Vorn-Lapi-92",
        "correct horse battery staple",
        "  blanks count  ",
        "пароль-от-склада-7",
        "tango mosaic 93 lamp",
        "zv8Qm2xR7pLw",
      })
  void othersAreGoodEnough(String password) {
    assertThat(policy.weakness(password, CHRIS)).isEmpty();
  }

  @Test
  void itHas12To256CharactersAsPeopleCount() {
    assertThat(policy.weakness("zv8Qm2xR7pL", CHRIS)).get().asString().contains("12");
    assertThat(policy.weakness("zv8Qm2xR7pLw", CHRIS)).isEmpty();
    assertThat(policy.weakness("😀🐎🔋📎🎷🚲🧀", CHRIS)).isPresent();
    assertThat(policy.weakness("zv8Qm2xR".repeat(31) + "7pLwYkqT", CHRIS)).isEmpty();
    assertThat(policy.weakness("zv8Qm2xR".repeat(31) + "7pLwYkqTs", CHRIS))
        .get()
        .asString()
        .contains("256");
  }

  @Test
  void itDoesNotHoldTheUserName() {
    assertThat(policy.weakness("my-CHRIS.Green-is-safe", CHRIS)).get().asString().contains("name");
    assertThat(policy.weakness("some-ada-in-the-middle", "ada@contoso.com")).isEmpty();
    assertThat(policy.weakness("some-chris-in-the-middle", null)).isEmpty();
  }

  @Test
  void noAnswerHoldsAPartOfIt() {
    assertThat(policy.weakness("Password1!", CHRIS).orElseThrow()).doesNotContain("Password1");
  }
}
