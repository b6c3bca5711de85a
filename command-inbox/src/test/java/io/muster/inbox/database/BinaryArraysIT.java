package io.muster.inbox.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.chassis.setwise.UuidArray;
import io.muster.localstack.testing.TestPlatform;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;

/** Arrays of ids and texts arrive as they were sent, in binary and as text. */
class BinaryArraysIT {
  private static final String ECHO =
      """
      SELECT id, name FROM unnest(?::text[], ?::uuid[]) WITH ORDINALITY AS t (name, id, ord)
      ORDER BY ord
      """;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void idsArriveInTheirOrderWithNulls(boolean binary) throws SQLException {
    List<UUID> ids = new ArrayList<>(Stream.generate(UUID::randomUUID).limit(1_500).toList());
    ids.set(0, null);
    ids.set(700, new UUID(0, 0));
    ids.set(701, new UUID(-1, -1));

    assertThat(echo(ids, binary)).isEqualTo(ids);
    assertThat(echo(Arrays.asList(null, null), binary)).containsExactly(null, null);
    assertThat(echo(List.of(new UUID(1, 2)), binary)).containsExactly(new UUID(1, 2));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noIdsAreAnEmptyArrayAndNotNull(boolean binary) throws SQLException {
    try (Connection connection = connection(binary);
        PreparedStatement statement =
            connection.prepareStatement("SELECT cardinality(?::uuid[]), ?::uuid[] IS NULL")) {
      statement.setObject(1, UuidArray.of(List.of()));
      statement.setObject(2, UuidArray.of(List.of()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        assertThat(row.getInt(1)).isZero();
        assertThat(row.getBoolean(2)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void textsArriveInTheirOrderWithNulls(boolean binary) throws SQLException {
    List<String> texts =
        Arrays.asList(
            "Ada",
            null,
            "",
            "NULL",
            "null",
            " ",
            "{a,b}",
            "a\"b\\c",
            "J\u00F8rgen \u5F35\u5049",
            "a\nb",
            "\uD83D\uDE00",
            null,
            "x".repeat(10_000));

    List<String> back = new ArrayList<>();
    try (Connection connection = connection(binary);
        PreparedStatement statement =
            connection.prepareStatement("SELECT unnest(?::text[]), cardinality(?::text[])")) {
      new ColumnArrays<>(statement, texts, 1).add("text", text -> text).add("text", text -> null);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          back.add(rows.getString(1));
          assertThat(rows.getInt(2)).isZero();
        }
      }
    }
    assertThat(back).isEqualTo(texts);
  }

  /** What no database takes is refused before it comes here; the driver does the same with it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void halvesOfSurrogatePairsBecomeQuestionMarks(boolean binary) throws SQLException {
    try (Connection connection = connection(binary);
        PreparedStatement statement = connection.prepareStatement("SELECT (?::text[])[1]")) {
      new ColumnArrays<>(statement, List.of("a\uD83D"), 1).add("text", text -> text);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("a?");
      }
    }
  }

  @Test
  void theConnectionsPropertyMakesItBinary() throws SQLException {
    try (Connection binary = connection(true);
        Connection text = connection(false)) {
      assertThat(sendsBinary(binary, Oid.UUID_ARRAY)).isTrue();
      assertThat(sendsBinary(binary, Oid.TEXT_ARRAY)).isTrue();
      assertThat(sendsBinary(text, Oid.UUID_ARRAY)).isFalse();
      assertThat(sendsBinary(text, Oid.TEXT_ARRAY)).isFalse();
    }
  }

  private static boolean sendsBinary(Connection connection, int type) throws SQLException {
    return connection.unwrap(BaseConnection.class).binaryTransferSend(type);
  }

  private static List<UUID> echo(List<UUID> ids, boolean binary) throws SQLException {
    List<UUID> back = new ArrayList<>();
    try (Connection connection = connection(binary);
        PreparedStatement statement = connection.prepareStatement(ECHO)) {
      new ColumnArrays<>(statement, ids, 1).add("text", id -> "x").add("uuid", id -> id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          back.add(rows.getObject(1, UUID.class));
        }
      }
    }
    return back;
  }

  private static Connection connection(boolean binary) throws SQLException {
    Map<String, String> config = TestPlatform.shared().configFor("user-service");
    Properties login = new Properties();
    login.setProperty("user", config.get("quarkus.datasource.username"));
    login.setProperty("password", config.get("quarkus.datasource.password"));
    if (binary) {
      login.setProperty("binaryTransferEnable", "UUID_ARRAY");
    } else {
      login.setProperty("binaryTransferDisable", "TEXT_ARRAY");
    }
    return DriverManager.getConnection(config.get("quarkus.datasource.jdbc.url"), login);
  }
}
