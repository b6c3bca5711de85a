package io.muster.cli.generate;

import java.util.List;

/**
 * A made-up population: person n of a seed is always the same, and no two people of any seeds share
 * a user principal name or employee id. The names are used up once before the first namesake comes,
 * who gets a number. Not thread-safe.
 */
public final class People {
  /** Its people have the plainest names. */
  public static final long DEFAULT_SEED = 1;

  private static final List<Culture> CULTURES = Culture.all();

  private final long seed;
  private final int pairs;
  private final int[] firstPair = new int[CULTURES.size() + 1];
  private long generation = -1;
  private Shuffle order;
  private String suffix;

  /**
   * A population.
   *
   * @param seed 0 or more
   */
  public People(long seed) {
    if (seed < 0) {
      throw new IllegalArgumentException("a seed is 0 or more");
    }
    this.seed = seed;
    for (int i = 0; i < CULTURES.size(); i++) {
      firstPair[i + 1] = firstPair[i] + CULTURES.get(i).pairs();
    }
    this.pairs = firstPair[CULTURES.size()];
  }

  /**
   * One person.
   *
   * @param number from 0; fastest in ascending order
   */
  Person person(long number) {
    if (number / pairs != generation) {
      generation = number / pairs;
      order = new Shuffle(pairs, Shuffle.hash(seed) + generation);
      suffix =
          (generation == 0 ? "" : String.valueOf(generation + 1))
              + (seed == DEFAULT_SEED ? "" : "-" + seed);
    }
    int pair = (int) order.at(number % pairs);
    int which = 0;
    while (pair >= firstPair[which + 1]) {
      which++;
    }
    Culture culture = CULTURES.get(which);
    int within = pair - firstPair[which];
    Name given = culture.given().get(within % culture.given().size());
    Name family = culture.family().get(within / culture.given().size());
    long dice = Shuffle.hash(Shuffle.hash(seed) ^ number);
    return new Person(number, seed, culture, given, family, suffix, dice);
  }
}
