package io.muster.bulkingest.hr.person;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.upload.rule.NameRule;
import io.muster.contracts.hr.HrEvent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names are made in ASCII, whatever script they are written in. */
class NamePatternTest {
  @ParameterizedTest
  @CsvSource({
    "Chris, Green, chris.green@x.com",
    "Zoë, Müller, zoe.muller@x.com",
    "Søren, Åkerblom, soren.akerblom@x.com",
    "Łukasz, Żółć, lukasz.zolc@x.com",
    "Sinéad, O'Brien, sinead.obrien@x.com",
    "Anna Maria, van der Berg, anna-maria.van-der-berg@x.com",
    "Jean-Luc, St. Pierre, jean-luc.st-pierre@x.com",
    "Юлия, Иванова, ulia.ivanova@x.com",
    "Νίκος, Παππάς, nikos.pappas@x.com",
    "伟, 王, wei.wang@x.com",
    ", Prince, prince@x.com",
    "Björk, , bjork@x.com",
    "🙂, 🙃, employee-7@x.com",
  })
  void aNameIsWrittenInPlainLetters(String first, String last, String name) {
    assertThat(new NamePattern("{first}.{last}").candidate(named(first, last), 1, "x.com"))
        .isEqualTo(name);
  }

  @Test
  void namesakesAreNumberedFromTwo() {
    NamePattern pattern = new NamePattern("{f}{last}");

    assertThat(List.of(1, 2, 11))
        .extracting(attempt -> pattern.candidate(named("Ann", "Lee"), attempt, "x.com"))
        .containsExactly("alee@x.com", "alee2@x.com", "alee11@x.com");
  }

  @Test
  void aLongNameIsCutWithItsNumberKept() {
    String name =
        new NamePattern("{first}.{last}")
            .candidate(named("a".repeat(40), "b".repeat(40)), 12, "x.com");

    assertThat(name).endsWith("b12@x.com").hasSize(64 + 6);
    assertThat(NameRule.fault(name)).isNull();
  }

  private static HrEvent.Data named(String first, String last) {
    return new HrEvent.Data("t", "7", first, last, null, null, null, null, null, null, null, null);
  }
}
