package io.muster.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.UserCommand;
import io.muster.contracts.result.PartOutcome;
import io.muster.contracts.result.RowCode;
import io.muster.contracts.result.RowResult;
import io.muster.sealing.Secret;
import io.muster.sealing.password.PasswordEpochs;
import io.muster.sealing.password.PasswordSealer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(UserServicePlatform.class)
class GivenHashesByTopicIT {
  private static final String BCRYPT =
      "$2a$10$abcdefghijklmnopqrstuu28x9JLQRT1wn82bhBPj1ZNGOe9otXlG";

  @ConfigProperty(name = "muster.passwords.public-keys")
  Path publicKeys;

  @ConfigProperty(name = "muster.passwords.private-keys")
  Path privateKeys;

  @Inject PasswordEpochs epochs;

  private final String tenant = Jobs.aTenant();
  private final Jobs setUp = Jobs.aJobOf(tenant);
  private Bus bus;
  private PasswordSealer sealer;

  @BeforeEach
  void connect() throws IOException {
    bus = new Bus();
    sealer = PasswordSealer.open(publicKeys, tenant, Clock.systemUTC());
  }

  @AfterEach
  void disconnect() {
    bus.close();
  }

  @Test
  void aGivenHashIsKeptAsItIs() throws Exception {
    bus.send(List.of(setUp.add(1, "a@x.com"), setUp.add(2, "b@x.com")));
    assertThat(bus.answers(setUp.id, 2)).hasSize(2);
    Jobs job = Jobs.aJobOf(tenant);

    bus.send(
        List.of(
            withHash(job.enable(1, "A@X.com", sealed("a@x.com", BCRYPT))),
            withHash(job.enable(2, "b@x.com", sealed("b@x.com", "{bcrypt}" + BCRYPT))),
            withHash(job.addWithPassword(3, "c@x.com", sealed("c@x.com", BCRYPT)))));

    assertThat(bus.answers(job.id, 3).values())
        .extracting(RowResult::outcome)
        .containsOnly(PartOutcome.APPLIED);
    assertThat(
            Tables.strings(
                """
                SELECT concat_ws(' ', a.upn_key, a.credential, a.must_change_password, c.hash)
                FROM account a JOIN credential c ON c.tenant_id = a.tenant_id AND c.id = a.credential_id
                WHERE a.tenant_id = ? ORDER BY 1
                """,
                tenant))
        .containsExactly(
            "a@x.com SET t " + BCRYPT, "b@x.com SET t " + BCRYPT, "c@x.com SET t " + BCRYPT);
  }

  @Test
  void aHashOfTheWrongFormOrCostIsRefusedWithColumnCauseAndCure() throws Exception {
    bus.send(List.of(setUp.add(1, "a@x.com")));
    assertThat(bus.answers(setUp.id, 1)).hasSize(1);
    Jobs job = Jobs.aJobOf(tenant);

    bus.send(
        List.of(
            withHash(job.enable(1, "a@x.com", sealed("a@x.com", BCRYPT.replace("$10$", "$04$")))),
            withHash(job.enable(2, "a@x.com", sealed("a@x.com", "zv8Qm2xR7pLw"))),
            withHash(job.enable(3, "a@x.com", sealed("b@x.com", BCRYPT)))));

    Map<Long, RowResult> answers = bus.answers(job.id, 3);
    assertThat(answers.values())
        .extracting(RowResult::code)
        .containsExactly(
            RowCode.UNSUPPORTED_PASSWORD_HASH,
            RowCode.UNSUPPORTED_PASSWORD_HASH,
            RowCode.INVALID_VALUE);
    assertThat(answers.get(1L).detail())
        .contains("Column PasswordHash", "cost 4 is too weak", "give a password instead");
    assertThat(answers.get(2L).detail()).contains("no hash").doesNotContain("zv8Qm");
    assertThat(answers.get(3L).detail()).contains("Column PasswordHash", "Enter it again");
    assertThat(Tables.count("credential", tenant)).isZero();
  }

  /** Sealed in the last second of a day that ended fourteen days ago. */
  @Test
  void whatWasSealedWithADestroyedKeyHasExpired() throws Exception {
    Instant then = Instant.now().minus(Duration.ofDays(15));
    Clock clock = Clock.fixed(then, ZoneOffset.UTC);
    new PasswordEpochs(privateKeys, publicKeys, clock).ensure();
    PasswordSealer sealedThen = PasswordSealer.open(publicKeys, tenant, clock);
    String password = sealedThen.seal("a@x.com", Secret.of("Vorn-Lapi-92-Xk4"));
    String hash = sealedThen.seal("b@x.com", Secret.of(BCRYPT));
    bus.send(List.of(setUp.add(1, "a@x.com"), setUp.add(2, "b@x.com")));
    assertThat(bus.answers(setUp.id, 2)).hasSize(2);
    Jobs job = Jobs.aJobOf(tenant);

    epochs.destroyExpired();
    bus.send(List.of(job.enable(1, "a@x.com", password), withHash(job.enable(2, "b@x.com", hash))));

    assertThat(bus.answers(job.id, 2).values())
        .extracting(RowResult::code)
        .containsExactly(RowCode.SECRET_EXPIRED, RowCode.SECRET_EXPIRED);
    assertThat(Tables.strings("SELECT DISTINCT state FROM account WHERE tenant_id = ?", tenant))
        .containsExactly("DISABLED");
  }

  private String sealed(String upn, String text) {
    return sealer.seal(upn, Secret.of(text));
  }

  private static UserCommand withHash(UserCommand c) {
    return new UserCommand(
        c.tenant(),
        c.jobId(),
        c.row(),
        c.stamp(),
        c.operation(),
        c.userPrincipalName(),
        c.create(),
        c.active(),
        c.protectedAccount(),
        c.properties(),
        c.licenses(),
        c.sealedPassword(),
        true,
        c.mustChangePassword(),
        c.generate(),
        c.actor(),
        c.parts(),
        c.undoes(),
        c.reverts(),
        c.dryRun());
  }
}
