package io.muster.cli.generate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How people of one culture are called, and where they work.
 *
 * @param usageLocation ISO 3166-1 alpha-2
 * @param dialling the beginning of a phone number, {@code +353 1}
 */
record Culture(
    String usageLocation,
    String country,
    String dialling,
    List<String> cities,
    Order order,
    List<Name> given,
    List<Name> family) {

  /** How a full name is put together. */
  enum Order {
    GIVEN_FIRST,
    FAMILY_FIRST,
    FAMILY_FIRST_JOINED
  }

  private static final String LIST = "names.txt";

  Culture {
    cities = List.copyOf(cities);
    given = List.copyOf(given);
    family = List.copyOf(family);
  }

  /** Distinct (given, family) pairs. */
  int pairs() {
    return given.size() * family.size();
  }

  /** The name as this culture writes it. */
  String displayName(Name givenName, Name familyName) {
    return switch (order) {
      case GIVEN_FIRST -> givenName.written() + ' ' + familyName.written();
      case FAMILY_FIRST -> familyName.written() + ' ' + givenName.written();
      case FAMILY_FIRST_JOINED -> familyName.written() + givenName.written();
    };
  }

  /** All of the list, in its order, which is part of what a seed means. */
  static List<Culture> all() {
    List<Culture> cultures = new ArrayList<>();
    Map<String, String> section = new HashMap<>();
    try (InputStream bytes = Culture.class.getResourceAsStream(LIST);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("[")) {
          add(section, cultures);
          section.put("name", line);
        } else if (!line.isBlank() && !line.startsWith("#")) {
          int colon = line.indexOf(": ");
          section.put(line.substring(0, colon), line.substring(colon + 2));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add(section, cultures);
    return List.copyOf(cultures);
  }

  private static void add(Map<String, String> section, List<Culture> cultures) {
    if (section.isEmpty()) {
      return;
    }
    String[] place = section.get("place").split("\\|");
    boolean german = section.get("name").equals("[german]");
    cultures.add(
        new Culture(
            place[0],
            place[1],
            place[2],
            Arrays.asList(place).subList(3, place.length),
            order(section.getOrDefault("order", "given-first")),
            names(section.get("given"), german),
            names(section.get("family"), german)));
    section.clear();
  }

  private static Order order(String word) {
    return switch (word) {
      case "given-first" -> Order.GIVEN_FIRST;
      case "family-first" -> Order.FAMILY_FIRST;
      case "family-first-joined" -> Order.FAMILY_FIRST_JOINED;
      default -> throw new IllegalArgumentException("no order of names: " + word);
    };
  }

  private static List<Name> names(String words, boolean german) {
    return Arrays.stream(words.split(" ")).map(word -> Name.of(word, german)).toList();
  }
}
