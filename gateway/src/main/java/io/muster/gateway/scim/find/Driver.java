package io.muster.gateway.scim.find;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a filter user-service can look up by itself: it finds all users that the filter means,
 * and perhaps some more, without walking through the tenant.
 */
sealed interface Driver {
  /** The fewer users it may find, the lower. */
  int rank();

  /** Whether there is nothing else in it: what it finds is what is meant. */
  boolean isExact();

  /**
   * Users by what names one or a few.
   *
   * @param by as {@code ReadingUsers#lookUp} has it
   */
  record Keys(String by, List<String> values) implements Driver {
    @Override
    public int rank() {
      return 0;
    }

    @Override
    public boolean isExact() {
      return false;
    }
  }

  /** What any of them finds. */
  record AnyOf(List<Keys> keys) implements Driver {
    @Override
    public int rank() {
      return 1;
    }

    @Override
    public boolean isExact() {
      return false;
    }

    /** All of them at once, as few look-ups as there are kinds of keys. */
    List<Keys> byKind() {
      return keys.stream()
          .map(Keys::by)
          .distinct()
          .map(
              by -> {
                Set<String> values = new LinkedHashSet<>();
                keys.stream()
                    .filter(k -> k.by().equals(by))
                    .forEach(k -> values.addAll(k.values()));
                return new Keys(by, List.copyOf(values));
              })
          .toList();
    }
  }

  /** Users whose names begin so. */
  record Beginning(String prefix) implements Driver {
    @Override
    public int rank() {
      return 2;
    }

    @Override
    public boolean isExact() {
      return false;
    }
  }

  /** Users who have this part in names or department, as the search table knows them. */
  record Part(String text) implements Driver {
    @Override
    public int rank() {
      return 3;
    }

    @Override
    public boolean isExact() {
      return false;
    }
  }

  /**
   * All users, or all in one state: a page of them costs what it shows.
   *
   * @param state null for all
   */
  record All(String state) implements Driver {
    @Override
    public int rank() {
      return 4;
    }

    @Override
    public boolean isExact() {
      return true;
    }
  }
}
