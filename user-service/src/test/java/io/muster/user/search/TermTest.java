package io.muster.user.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermTest {
  @ParameterizedTest
  @ValueSource(strings = {"ada", "ab.", "a.b", ".a", "@c", "..a", "ab@c", ".a@c"})
  void threeLettersInARowOrTheEdgeOfAWordAreTrigrams(String term) {
    assertThat(new Term(term).hasTrigrams()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "a.", ".", "@", "..", "a.@", "a@bc", "v@contoso"})
  void lessIsNone(String term) {
    assertThat(new Term(term).hasTrigrams()).isFalse();
  }

  @Test
  void theIndexIsNotAskedForTheDomainWhereTheRestIsEnough() {
    assertThat(new Term("ada@contoso.com").lookUp()).isEqualTo("%ada@%");
    assertThat(new Term("ab@c").lookUp()).isEqualTo("%ab@%");
    assertThat(new Term("@contoso").lookUp()).isEqualTo("%@contoso%");
    assertThat(new Term("ada").lookUp()).isEqualTo("%ada%");
  }

  @Test
  void aLoneLetterHasNoAlternatives() {
    assertThat(new Term("a").alternatives()).isEmpty();
    assertThat(new Term(".").alternatives()).isEmpty();
  }

  /** What the alternatives miss is not found. */
  @Test
  void whereverATermIsOneOfItsAlternativesIsToo() {
    Random random = new Random(7);
    for (String term : List.of("ab", "aa", "a.", "b@", "a..", "a@b")) {
      List<Pattern> alternatives =
          new Term(term).alternatives().stream().map(Pattern::compile).toList();
      assertThat(alternatives).isNotEmpty();
      int seen = 0;
      while (seen < 1_000) {
        String words = words(random);
        if (words.contains(term)) {
          seen++;
          assertThat(alternatives).as(words).anyMatch(a -> a.matcher(words).find());
        }
      }
    }
  }

  private static String words(Random random) {
    StringBuilder words = new StringBuilder("\n");
    for (int i = 0; i < 12; i++) {
      words.append("ab. @\n".charAt(random.nextInt(6)));
    }
    return words.append('\n').toString();
  }
}
