package io.muster.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.event.AccountEventType;
import io.muster.contracts.event.AccountState;
import java.util.List;
import org.junit.jupiter.api.Test;

class HappeningTest {
  @Test
  void whatIsStoredIsReadAsItWas() {
    List<Happening> happenings =
        List.of(
            Happening.leaving(AccountEventType.ACTIVATED, AccountState.ACTIVE),
            Happening.about(AccountEventType.CHANGED, List.of("city", "office")),
            Happening.of(AccountEventType.PASSWORD_RESET));

    String text = Happening.text(happenings);

    assertThat(text).isEqualTo("ACTIVATED:ACTIVE;CHANGED=city,office;PASSWORD_RESET");
    assertThat(Happening.read(text)).isEqualTo(happenings);
  }

  @Test
  void nothingHappenedIsNotTheSameAsTheCommandSaysWhatHappened() {
    assertThat(Happening.read(Happening.text(List.of()))).isEmpty();
    assertThat(Happening.read(Happening.text(null))).isNull();
  }

  @Test
  void aNameMayHoldWhatPartsNames() {
    List<Happening> odd =
        List.of(
            Happening.about(AccountEventType.LICENSED, List.of("a,b", "c;d", "e=f:g", "100%2C")));

    assertThat(Happening.read(Happening.text(odd))).isEqualTo(odd);
  }
}
