package io.muster.user.search;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What is searched for.
 *
 * @param words at least one, as written; all of them have to be there, as parts
 * @param state null for all but the removed
 * @param units null for all
 * @param after null for the first page
 * @param most from 1
 */
public record Sought(List<String> words, String state, Set<String> units, Place after, int most) {
  public Sought {
    words = List.copyOf(words);
    units = units == null ? null : Set.copyOf(units);
  }

  /** Where an account stands in the list. */
  public record Place(String upnKey, UUID id) implements Comparable<Place> {
    /** As PostgreSQL orders them: names by code points, and ids bit by bit. */
    @Override
    public int compareTo(Place other) {
      int byName = compareCodePoints(upnKey, other.upnKey);
      return byName != 0 ? byName : id.toString().compareTo(other.id.toString());
    }

    private static int compareCodePoints(String one, String other) {
      int end = Math.min(one.length(), other.length());
      for (int i = 0; i < end; i++) {
        if (one.charAt(i) != other.charAt(i)) {
          // Half a pair stands for a code point above all that need none.
          boolean oneIsHalf = Character.isSurrogate(one.charAt(i));
          boolean otherIsHalf = Character.isSurrogate(other.charAt(i));
          return oneIsHalf == otherIsHalf
              ? Character.compare(one.charAt(i), other.charAt(i))
              : Boolean.compare(oneIsHalf, otherIsHalf);
        }
      }
      return Integer.compare(one.length(), other.length());
    }
  }
}
