package io.muster.bulkingest;

import static io.restassured.RestAssured.given;

import io.muster.localstack.testing.TestPlatform;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A tenant of a test's own, with what its people do and what the database says of its jobs. */
public final class Tenant {
  private final String name;

  public Tenant(String purpose) {
    this.name = purpose + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  public String name() {
    return name;
  }

  /** A request of ada, the tenant's administrator. */
  public RequestSpecification admin() {
    return as("ada", "tenant-admin");
  }

  public RequestSpecification as(String subject, String... roles) {
    return stranger(name, subject, roles);
  }

  public static RequestSpecification stranger(String tenant, String subject, String... roles) {
    return given()
        .header(
            "Authorization",
            "Bearer " + TestPlatform.shared().token(tenant, subject, Set.of(roles), Set.of()));
  }

  /** A file of that many users, one column of names and one of display names. */
  public static String users(int rows) {
    StringBuilder csv = new StringBuilder("UserPrincipalName,DisplayName\n");
    for (int row = 1; row <= rows; row++) {
      csv.append("u").append(row).append("@x.com,User\n");
    }
    return csv.toString();
  }

  public ValidatableResponse tryUpload(String csv, String query) {
    return admin()
        .contentType("text/csv")
        .body(csv.getBytes(StandardCharsets.UTF_8))
        .post("/v1/jobs?" + query)
        .then();
  }

  public UUID upload(String csv, String query) {
    return UUID.fromString(tryUpload(csv, query).statusCode(202).extract().path("id"));
  }

  /** A control call of the administrator. */
  public ValidatableResponse call(UUID job, String call) {
    return admin().post("/v1/jobs/" + job + "/" + call).then();
  }

  /** Waits for the job's state in the database. */
  public void await(UUID job, String state) {
    Awaitility.await(job + " " + state)
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> state(job), state::equals);
  }

  public String state(UUID job) {
    return (String) job(job).get("state");
  }

  /** The job's columns. */
  public Map<String, Object> job(UUID job) {
    return one("SELECT * FROM job WHERE id = ?", job);
  }

  /** The columns of the job's checkpoint. */
  public Map<String, Object> checkpoint(UUID job) {
    return one(
        "SELECT *, lease_until < now() AS released FROM dispatch_checkpoint WHERE job_id = ?", job);
  }

  /** Whether no dispatcher holds the job. */
  public boolean isReleased(UUID job) {
    return (boolean) checkpoint(job).get("released");
  }

  /** Changes the database behind the service's back. */
  public static void change(String sql, Object... parameters) {
    try (Connection connection = TestPlatform.shared().superuser("bulk-ingest-service");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Texts that the database has of it.
   *
   * @param sql with the tenant's id as its only parameter
   */
  public List<String> texts(String sql) {
    try (Connection connection = TestPlatform.shared().superuser("bulk-ingest-service");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** How many jobs it has. */
  public long jobs() {
    return number("SELECT count(*) FROM job WHERE tenant_id = ?");
  }

  /** How many rows that remove or disable accounts it has sent lately. */
  public long removals() {
    return number("SELECT coalesce(sum(rows), 0) FROM blast_radius WHERE tenant_id = ?");
  }

  private long number(String sql) {
    try (Connection connection = TestPlatform.shared().superuser("bulk-ingest-service");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, name);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> one(String sql, UUID job) {
    try (Connection connection = TestPlatform.shared().superuser("bulk-ingest-service");
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, job);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        Map<String, Object> columns = new java.util.HashMap<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.put(rows.getMetaData().getColumnName(i), rows.getObject(i));
        }
        return columns;
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The codes and texts of a problem, for one assertion. */
  public static List<String> problem(ValidatableResponse answer) {
    return List.of(answer.extract().<String>path("code"), answer.extract().<String>path("detail"));
  }
}
