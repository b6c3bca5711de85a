package io.muster.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String CLEAR = "  пароль 7 ";

  private final Secret secret = Secret.of(CLEAR);

  @Test
  void itIsKeptAsGiven() {
    assertThat(secret.reveal()).isEqualTo(CLEAR);
    assertThat(secret.utf8()).isEqualTo(CLEAR.getBytes(UTF_8));
    assertThat(Secret.ofUtf8(CLEAR.getBytes(UTF_8)).reveal()).isEqualTo(CLEAR);
  }

  @Test
  void itShowsItselfToNobodyWhoDoesNotAskByName() {
    record Holder(Secret clear) {}

    assertThat(secret.toString()).isEqualTo("a secret");
    assertThat(new Holder(secret).toString()).isEqualTo("Holder[clear=a secret]");
    assertThat(secret).isNotInstanceOf(Serializable.class);
    assertThat(Arrays.stream(Secret.class.getMethods()).map(Method::getName))
        .as("names that a JSON library takes for properties")
        .noneMatch(name -> name.matches("(get|is)[A-Z].*") && !name.equals("getClass"));
    assertThat(Secret.class.getFields()).isEmpty();
  }

  @Test
  void arraysThatGoInAndOutAreCopies() {
    byte[] given = "given".getBytes(UTF_8);
    Secret copied = Secret.ofUtf8(given);
    Arrays.fill(given, (byte) 'x');
    Arrays.fill(copied.utf8(), (byte) 'y');

    assertThat(copied.reveal()).isEqualTo("given");
  }

  @Test
  void aDestroyedOneCanNotBeRead() {
    Secret same = Secret.of(CLEAR);
    assertThat(secret.sameAs(same)).isTrue();
    assertThat(secret.sameAs(Secret.of("another"))).isFalse();

    secret.destroy();

    assertThatThrownBy(secret::reveal).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(secret::utf8).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> same.sameAs(secret)).isInstanceOf(IllegalStateException.class);
  }
}
