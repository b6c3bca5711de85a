package io.muster.user.search;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SpellingTest {
  @Test
  void caseAccentsAndWaysToWriteTheSameDoNotCount() {
    assertThat(Spelling.of("Jürgen GROẞMANN")).isEqualTo("jurgen grossmann");
    assertThat(Spelling.of("Øyvind Łukasz Ñandú Đorđe")).isEqualTo("oyvind lukasz nandu dorde");
    assertThat(Spelling.of("Rene\u0301e")).isEqualTo(Spelling.of("Renée")).isEqualTo("renee");
    assertThat(Spelling.of("ＡＢ ﬁn")).isEqualTo("ab fin");
    assertThat(Spelling.of("İlkay Işık")).isEqualTo("ilkay isik");
    assertThat(Spelling.of("O’Brien")).isEqualTo(Spelling.of("o'brien"));
  }

  @Test
  void otherScriptsHaveNeitherCaseNorAccents() {
    assertThat(Spelling.of("ОЛЬГА")).isEqualTo(Spelling.of("ольга"));
    assertThat(Spelling.of("ΝΊΚΟΣ"))
        .isEqualTo(Spelling.of("νίκος"))
        .isEqualTo(Spelling.of("νικοσ"));
    assertThat(Spelling.of("مُحَمَّد")).isEqualTo(Spelling.of("محمد"));
  }

  @Test
  void marksThatMakeAnotherLetterStay() {
    assertThat(Spelling.of("が")).isNotEqualTo(Spelling.of("か"));
    assertThat(Spelling.of("कि")).isNotEqualTo(Spelling.of("क"));
  }

  @Test
  void separatorsStayAndOtherPunctuationIsSpelledOut() {
    assertThat(Spelling.of("\na.b@c D\u00A0e\t\n")).isEqualTo("\na.b@c d e \n");
    assertThat(Spelling.of("100%_\\")).matches("100[a-z0-9]{15}");
  }

  @Property
  void nothingIsLeftThatTheIndexOrLikeDoesNotKnow(@ForAll String written) {
    assertThat(Spelling.of(written)).matches("[a-z0-9 .@\n]*").hasSizeLessThanOrEqualTo(2_000);
  }

  /** Else a part of a name would not be a part of what stands in the table. */
  @Property
  void aPartIsSpelledAsAPart(@ForAll String before, @ForAll String part, @ForAll String behind) {
    if (java.text.Normalizer.normalize(before + part + behind, java.text.Normalizer.Form.NFKC)
            .equals(before + part + behind)
        && before.length() + part.length() + behind.length() < 350) {
      assertThat(Spelling.of(before + part + behind)).contains(Spelling.of(part));
    }
  }
}
