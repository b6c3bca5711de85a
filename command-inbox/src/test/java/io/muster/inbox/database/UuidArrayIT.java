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

/** Arrays of ids arrive as they were sent, in binary and as text. */
class UuidArrayIT {
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

  @Test
  void theConnectionsPropertyMakesItBinary() throws SQLException {
    try (Connection binary = connection(true);
        Connection text = connection(false)) {
      assertThat(sendsBinary(binary)).isTrue();
      assertThat(sendsBinary(text)).isFalse();
    }
  }

  private static boolean sendsBinary(Connection connection) throws SQLException {
    return connection.unwrap(BaseConnection.class).binaryTransferSend(Oid.UUID_ARRAY);
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
    }
    return DriverManager.getConnection(config.get("quarkus.datasource.jdbc.url"), login);
  }
}
