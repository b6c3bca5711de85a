package io.muster.benchmarks.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.service.Service;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What people look for: parts of real names, user principal names and departments, of any length
 * and from anywhere in them; and what is known to be hard. The same parts in every run of the same
 * people.
 */
final class Questions {
  private static final int EACH = 100;
  private static final int PAGES = 100;

  private static final String PEOPLE =
      """
      SELECT user_principal_name, display_name, department FROM account
      WHERE tenant_id = ? AND state <> 'REMOVED' ORDER BY md5(upn_key) LIMIT 200
      """;

  /** A kind of search and its part of the query string. */
  private record Question(String kind, String query) {}

  private final List<Question> questions;
  private final Random random = new Random(7);

  private Questions(List<Question> questions) {
    this.questions = questions;
  }

  static Questions about(Connection tables, String tenant) throws SQLException {
    List<String> texts = texts(tables, tenant);
    List<Question> questions = new ArrayList<>();
    Random random = new Random(7);
    for (int letters : new int[] {1, 2, 3, 4, 5, 6, 8}) {
      for (int i = 0; i < EACH; i++) {
        questions.add(new Question(letters + " letters", part(texts, letters, random)));
      }
    }
    for (int i = 0; i < EACH; i++) {
      String both = part(texts, 3, random) + " " + part(texts, 4, random);
      questions.add(new Question("two parts", both));
      questions.add(
          new Question("a whole name", texts.get(random.nextInt(texts.size() / 3) * 3 + 1)));
      questions.add(new Question("a whole UPN", texts.get(random.nextInt(texts.size() / 3) * 3)));
    }
    for (int i = 0; i < EACH / 10; i++) {
      for (String common : List.of("an", "a", "contoso", "@", "sales", "e")) {
        questions.add(new Question("common", common));
      }
      for (String none : List.of("nobodyatall", "zqx", "zq", "100%", "_", "Щщ", "an nobodyatall")) {
        questions.add(new Question("nobody", none));
      }
      for (String filter : List.of("ACTIVE", "DISABLED", "REMOVED")) {
        questions.add(new Question("common, in a state", "contoso&state=" + filter));
        questions.add(new Question("rare, in a state", "olga&state=" + filter));
      }
    }
    return new Questions(questions);
  }

  private static List<String> texts(Connection tables, String tenant) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement read = tables.prepareStatement(PEOPLE)) {
      read.setString(1, tenant);
      try (ResultSet rows = read.executeQuery()) {
        while (rows.next()) {
          for (int column = 1; column <= 3; column++) {
            texts.add(rows.getString(column));
          }
        }
      }
    }
    return texts;
  }

  /** Within one word: a blank would make two of it. */
  private static String part(List<String> texts, int letters, Random random) {
    while (true) {
      String text = texts.get(random.nextInt(texts.size()));
      if (text.length() >= letters) {
        int from = random.nextInt(text.length() - letters + 1);
        String part = text.substring(from, from + letters);
        if (part.codePoints()
            .noneMatch(c -> Character.isWhitespace(c) || Character.isSurrogate((char) c))) {
          return part;
        }
      }
    }
  }

  /** All of them once, and one common search to its hundredth page. */
  void askAll(Service client, Timings timings) {
    for (Question warmUp : questions.subList(0, EACH)) {
      ask(client, warmUp.query());
    }
    for (Question question : questions) {
      timed(client, question, timings);
    }
    String next = "";
    for (int page = 0; page < PAGES && next != null; page++) {
      long start = System.nanoTime();
      JsonNode answer = ask(client, "an" + next);
      timings.took("page after page", System.nanoTime() - start);
      next = answer.path("next").isNull() ? null : "&after=" + answer.path("next").asText();
    }
  }

  /** A few of them. */
  void askSome(Service client, Timings timings) {
    for (int i = 0; i < 20; i++) {
      timed(client, questions.get(random.nextInt(questions.size())), timings);
    }
  }

  private static void timed(Service client, Question question, Timings timings) {
    long start = System.nanoTime();
    ask(client, question.query());
    timings.took(question.kind(), System.nanoTime() - start);
  }

  private static JsonNode ask(Service client, String query) {
    int filters = query.indexOf("&state=");
    int after = query.indexOf("&after=");
    int end = Math.max(filters, after);
    String words = end < 0 ? query : query.substring(0, end);
    String rest = end < 0 ? "" : query.substring(end);
    return client.get("/v1/users?query=" + URLEncoder.encode(words, StandardCharsets.UTF_8) + rest);
  }
}
