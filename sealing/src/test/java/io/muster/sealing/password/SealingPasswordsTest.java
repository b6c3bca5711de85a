package io.muster.sealing.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.sealing.SealBroken;
import io.muster.sealing.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class SealingPasswordsTest {
  private static final String CONTOSO = "contoso";
  private static final String ADA = "ada@contoso.com";

  private static final DaysClock CLOCK = new DaysClock("2026-03-01T12:00:00Z");
  private static Path publicKeys;
  private static Path privateKeys;

  private final PasswordOpener opener = new PasswordOpener(privateKeys);
  private final PasswordSealer sealer = sealerOf(CONTOSO);

  @BeforeContainer
  static void anEpoch() throws IOException {
    Path folder = Files.createTempDirectory("sealing-passwords-");
    publicKeys = folder.resolve("public");
    privateKeys = folder.resolve("private");
    new PasswordEpochs(privateKeys, publicKeys, CLOCK).ensure();
  }

  @AfterContainer
  static void away() throws IOException {
    for (Path folder : new Path[] {publicKeys, privateKeys}) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
    Files.delete(publicKeys.getParent());
  }

  @Property(tries = 300)
  void whatWasSealedIsOpened(
      @ForAll @StringLength(max = 256) String user, @ForAll @StringLength(max = 300) String clear)
      throws Exception {
    Secret password = Secret.of(clear);

    String sealed = sealer.seal(user, password);

    assertThat(opener.open(CONTOSO, user, sealed).sameAs(password)).isTrue();
    assertThat(sealed).matches("[A-Za-z0-9_-]+");
  }

  @Property(tries = 200)
  void itBelongsToOneTenantAndOneUser(
      @ForAll @NotEmpty @StringLength(max = 20) String tenant,
      @ForAll @StringLength(max = 20) String user) {
    String sealed = sealerOf(tenant).seal(user, Secret.of("zv8Qm2xR7pLw"));

    assertBroken(tenant + "x", user, sealed);
    assertBroken(tenant, user + "x", sealed);
    // As one text both are the same: the border between them must count.
    Epoch epoch = Epoch.today(CLOCK);
    String shorter = tenant.substring(0, tenant.length() - 1);
    String moved = tenant.substring(tenant.length() - 1) + user;
    assertBroken(shorter, moved, sealed);
    assertThat(SealedPassword.passwordContext(epoch, shorter, moved))
        .isNotEqualTo(SealedPassword.passwordContext(epoch, tenant, user));
  }

  @Example
  void noByteOfItCanBeAltered() {
    byte[] sealed = Base64.getUrlDecoder().decode(sealer.seal(ADA, Secret.of("zv8Qm2xR7pLw")));
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
      assertThatThrownBy(() -> opener.open(CONTOSO, ADA, text))
          .as("byte " + i)
          // An altered epoch is one without a key.
          .isInstanceOfAny(SealBroken.class, SecretExpired.class);
    }
  }

  @Example
  void whatHasNoFormIsBroken() {
    String sealed = sealer.seal(ADA, Secret.of("zv8Qm2xR7pLw"));
    for (String bad : new String[] {"", "AQ", "not base64!", sealed.substring(0, 100)}) {
      assertBroken(CONTOSO, ADA, bad);
    }
  }

  @Example
  void itsLengthDoesNotTellThePasswords() {
    Set<Integer> lengths = new HashSet<>();
    for (int length = 12; length <= 62; length++) {
      lengths.add(sealer.seal(ADA, Secret.of("x".repeat(length))).length());
    }
    assertThat(lengths).hasSize(1);
    assertThat(sealer.seal(ADA, Secret.of("x".repeat(63))).length())
        .isNotIn(lengths)
        .isEqualTo(sealer.seal(ADA, Secret.of("x".repeat(126))).length());
  }

  @Example
  void aThousandPasswordsShareADataKeyAndNoMore() throws Exception {
    PasswordSealer fresh = sealerOf(CONTOSO);
    Set<String> keys = new HashSet<>();
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 1_001; i++) {
      String sealed = fresh.seal(ADA, Secret.of("zv8Qm2xR7pLw"));
      keys.add(sealed.substring(0, 112));
      texts.add(sealed);
      if (i < 1_000) {
        assertThat(keys).hasSize(1);
      }
    }
    assertThat(keys).hasSize(2);
    assertThat(texts).as("the same password never looks the same").hasSize(1_001);
  }

  @Example
  void noExceptionQuotesWhatWasSealed() {
    assertThatThrownBy(() -> opener.open(CONTOSO, ADA, "secret-öl"))
        .isInstanceOf(SealBroken.class)
        .hasNoCause()
        .message()
        .doesNotContain("secret");
  }

  private void assertBroken(String tenant, String user, String sealed) {
    assertThatThrownBy(() -> opener.open(tenant, user, sealed)).isInstanceOf(SealBroken.class);
  }

  private static PasswordSealer sealerOf(String tenant) {
    try {
      return PasswordSealer.open(publicKeys, tenant, CLOCK);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
