package io.muster.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.contracts.topic.Headers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class AddingByTopicIT {
  private Bus bus;

  @BeforeEach
  void connect() {
    bus = new Bus();
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  @Test
  void everyRowIsAddedOnceAndAnsweredWithItsSlice() throws SQLException {
    Jobs job = Jobs.aJobOf(Jobs.aTenant());
    List<UserCommand> rows =
        LongStream.rangeClosed(1, 300)
            .mapToObj(row -> job.add(row, "User" + row + "@Contoso.com"))
            .toList();

    bus.send(rows);

    List<ConsumerRecord<String, byte[]>> results = bus.receive(job.id, 300);
    assertThat(results).extracting(bus::read).extracting(RowResult::row).doesNotHaveDuplicates();
    assertThat(results)
        .hasSize(300)
        .allSatisfy(
            result -> {
              RowResult read = bus.read(result);
              assertThat(read.outcome()).isEqualTo(PartOutcome.APPLIED);
              assertThat(Bus.slice(result)).isEqualTo("7");
              assertThat(Bus.header(result, Headers.ID))
                  .isEqualTo(job.id + "/" + read.row() + "/USER");
            });
    // Twelve partitions, one key and one slice: a batch is one message.
    assertThat(bus.messages(job.id)).isLessThan(100);
    assertThat(
            Tables.strings(
                "SELECT DISTINCT state || credential FROM account WHERE tenant_id = ?", job.tenant))
        .containsExactly("DISABLEDNONE");
    assertThat(Tables.count("account", job.tenant)).isEqualTo(300);
    assertThat(Tables.count("change", job.tenant)).isEqualTo(300);
  }

  @Test
  void eachPropertyStandsInItsOwnColumnAlsoWhereOthersOfTheBatchHaveNone() throws SQLException {
    Jobs job = Jobs.aJobOf(Jobs.aTenant());
    bus.send(
        List.of(
            job.add(1, "ada@contoso.com", "city", "Lagos", "unit", "shop-1"),
            job.add(2, "bob@contoso.com"),
            job.add(3, "cy@contoso.com", "externalId", "x-3", "fax", "", "later", "unknown")));

    bus.results(job.id, 3);

    assertThat(
            Tables.strings(
                """
                SELECT concat_ws('/', upn_key, coalesce(city, '-'), coalesce(unit, '-'),
                                 coalesce(fax, '-'), coalesce(external_id, '-'))
                FROM account WHERE tenant_id = ? ORDER BY upn_key
                """,
                job.tenant))
        .containsExactly(
            "ada@contoso.com/Lagos/shop-1/-/-",
            "bob@contoso.com/-/-/-/-",
            "cy@contoso.com/-/-/-/x-3");
  }

  @Test
  void aRepeatedCommandGetsTheSameAnswerAndDoesNothing() throws SQLException {
    Jobs job = Jobs.aJobOf(Jobs.aTenant());
    List<UserCommand> rows = List.of(job.add(1, "ada@contoso.com"), job.add(2, "ada@contoso.com"));
    bus.send(rows);
    List<RowResult> first = bus.results(job.id, 2);

    bus.send(rows);

    List<RowResult> second = bus.results(job.id, 2);
    assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    assertThat(first)
        .extracting(RowResult::outcome)
        .containsExactlyInAnyOrder(PartOutcome.APPLIED, PartOutcome.REJECTED);
    assertThat(Tables.count("account", job.tenant)).isEqualTo(1);
    assertThat(Tables.count("change", job.tenant)).isEqualTo(2);
  }

  @Test
  void ofALargeBatchOnlyThoseAreRefusedWhoseNameOrEmployeeIdIsTaken() throws SQLException {
    Jobs before = Jobs.aJobOf(Jobs.aTenant());
    bus.send(
        List.of(
            before.add(1, "user150@contoso.com"),
            before.add(2, "ada@contoso.com", "employeeId", "E-1")));
    bus.results(before.id, 2);
    Jobs job = Jobs.aJobOf(before.tenant);
    List<UserCommand> rows = new ArrayList<>();
    LongStream.rangeClosed(1, 400)
        .forEach(row -> rows.add(job.add(row, "user" + row + "@contoso.com")));
    rows.add(job.add(401, "bob@contoso.com", "employeeId", "E-1"));

    bus.send(rows);

    assertThat(bus.results(job.id, 401))
        .filteredOn(result -> result.outcome() == PartOutcome.REJECTED)
        .extracting(RowResult::row)
        .containsExactlyInAnyOrder(150L, 401L);
    assertThat(Tables.count("account", job.tenant)).isEqualTo(401);
    assertThat(Tables.count("change", job.tenant)).isEqualTo(403);
  }

  @Test
  void refusalsNameCodeAndColumn() throws SQLException {
    Jobs job = Jobs.aJobOf(Jobs.aTenant());
    bus.send(List.of(job.add(1, "ada@contoso.com", "employeeId", "E-1")));
    bus.results(job.id, 1);

    bus.send(
        List.of(
            job.add(2, "ADA@contoso.com"),
            job.add(3, "bob@contoso.com", "employeeId", "E-1"),
            job.add(4, "cy@contoso.com", "jobTitle", "a\0b"),
            job.add(5, "di@contoso.com", "displayName", ""),
            job.add(6, "no-domain"),
            job.doing(Operation.REMOVE, 7, "nobody@contoso.com"),
            job.addActive(8, "eve@contoso.com")));

    List<RowResult> results = new ArrayList<>(bus.results(job.id, 7));
    results.sort((a, b) -> Long.compare(a.row(), b.row()));
    assertThat(results)
        .extracting(RowResult::code)
        .containsExactly(
            RowCode.USER_ALREADY_EXISTS,
            RowCode.INVALID_VALUE,
            RowCode.INVALID_VALUE,
            RowCode.MISSING_VALUE,
            RowCode.INVALID_USER_PRINCIPAL_NAME,
            RowCode.USER_NOT_FOUND,
            null);
    assertThat(results.get(1).detail()).contains("EmployeeId");
    assertThat(results.get(2).detail()).contains("JobTitle");
    assertThat(results.get(3).detail()).contains("DisplayName");
    assertThat(
            Tables.strings(
                "SELECT state FROM account WHERE tenant_id = ? ORDER BY upn_key", job.tenant))
        .containsExactly("DISABLED", "ACTIVE");
    assertThat(
            Tables.strings(
                "SELECT code FROM change WHERE tenant_id = ? AND code IS NOT NULL", job.tenant))
        .hasSize(6);
  }

  @Test
  void onlyATenantAdminAdds() throws SQLException {
    Jobs job = Jobs.aJobOf(Jobs.aTenant()).submittedAs("password-admin");

    bus.send(List.of(job.add(1, "ada@contoso.com")));

    assertThat(bus.results(job.id, 1))
        .extracting(RowResult::code)
        .containsExactly(RowCode.OPERATION_NOT_ALLOWED);
    assertThat(Tables.count("account", job.tenant)).isZero();
  }

  @Test
  void aDryRunChecksAndChangesNothing() throws SQLException {
    Jobs job = Jobs.aJobOf(Jobs.aTenant());
    bus.send(List.of(job.add(1, "ada@contoso.com")));
    bus.results(job.id, 1);

    bus.send(List.of(job.tryOut(2, "ada@contoso.com"), job.tryOut(3, "bob@contoso.com")));

    assertThat(bus.results(job.id, 2))
        .extracting(RowResult::outcome)
        .containsExactlyInAnyOrder(PartOutcome.REJECTED, PartOutcome.APPLIED);
    assertThat(Tables.count("account", job.tenant)).isEqualTo(1);
    assertThat(Tables.count("change", job.tenant)).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadIsPutAsideAndBlocksNothing() {
    Jobs job = Jobs.aJobOf(Jobs.aTenant());
    String key = job.tenant + "/ada@contoso.com";
    bus.sendRaw(key, "{\"tenant\":".getBytes(java.nio.charset.StandardCharsets.UTF_8), "x");
    bus.sendRaw(key, null, "y");

    bus.send(List.of(job.add(1, "ada@contoso.com")));

    assertThat(bus.results(job.id, 1))
        .extracting(RowResult::outcome)
        .containsExactly(PartOutcome.APPLIED);
    assertThat(bus.deadLetters(2))
        .allSatisfy(
            letter -> {
              assertThat(letter.value()).isEmpty();
              assertThat(Bus.header(letter, "muster-place")).startsWith("muster.user-commands/");
            })
        .extracting(letter -> Bus.header(letter, "muster-reason"))
        .containsExactlyInAnyOrder("NOT_THE_CONTRACTS_JSON", "EMPTY");
  }
}
