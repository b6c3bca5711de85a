package io.muster.license.assigning;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.LicenseCommand;
import io.muster.inbox.Outcome;
import io.muster.license.Commands;
import io.muster.license.LicenseServicePlatform;
import io.muster.license.SeatsDatabase;
import io.muster.localstack.testing.TestPlatform;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Totals go up and down while batches take and give back: neither ever breaks on the other. */
@QuarkusTest
@QuarkusTestResource(LicenseServicePlatform.class)
class SellingSeatsMeanwhileIT {
  private static final List<String> SKUS = List.of("E3", "F1", "Visio");
  private static final int ROUNDS = 60;

  @Inject AssigningSeats assigning;
  @Inject TenantScope tenants;

  private final SeatsDatabase database = SeatsDatabase.shared();

  @Test
  void totalsThatFallWhileSeatsAreTakenNeverBreakABatchOrTheSum() throws Exception {
    String tenant = database.aTenantWithSeats(20, "E3", "F1", "Visio");
    ExecutorService threads = Executors.newFixedThreadPool(5);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int seed = 0; seed < 3; seed++) {
      Random chance = new Random(seed);
      int person = seed;
      work.add(() -> takeAndRelease(tenant, person, chance));
    }
    for (int seed = 3; seed < 5; seed++) {
      Random chance = new Random(seed);
      work.add(() -> sell(tenant, chance));
    }

    int refusedSales = 0;
    for (Future<Integer> one : threads.invokeAll(work)) {
      refusedSales += one.get();
    }
    threads.shutdown();

    assertThat(database.broken(tenant)).isEmpty();
    assertThat(refusedSales).as("the two really met").isPositive();
  }

  @Test
  void aTotalThatIsSetWhileABatchTakesWaitsAndSeesWhatItTook() throws Exception {
    String tenant = database.aTenantWithSeats(5, "E3");
    ExecutorService thread = Executors.newSingleThreadExecutor();
    List<LicenseCommand> batch = List.of(new Commands(tenant, 1).take(1, "ada@contoso.com", "E3"));

    Future<Integer> sale =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  tenants.enter(tenant);
                  assigning.apply(batch);
                  Future<Integer> begun = thread.submit(() -> setSeats(tenant, "E3", 0));
                  await().until(() -> database.waitingForALock() > 0);
                  return begun;
                });

    assertThat(sale.get()).isEqualTo(409);
    thread.shutdown();
  }

  /** Three at once, which no tenant has in a single partition: the locks must do without that. */
  private int takeAndRelease(String tenant, int person, Random chance) {
    for (int round = 1; round <= ROUNDS; round++) {
      Commands job = new Commands(tenant, round);
      List<LicenseCommand> batch = new ArrayList<>();
      for (int row = 1; row <= 20; row++) {
        String upn = "p" + person + "u" + chance.nextInt(15) + "@contoso.com";
        String one = SKUS.get(chance.nextInt(3));
        String two = SKUS.get(chance.nextInt(3));
        batch.add(
            switch (chance.nextInt(5)) {
              case 0 -> job.release(row, upn, one);
              case 1 -> job.release(row, upn);
              default -> job.take(row, upn, two, one);
            });
      }
      List<Outcome> outcomes =
          QuarkusTransaction.requiringNew()
              .call(
                  () -> {
                    tenants.enter(tenant);
                    return assigning.apply(batch);
                  });
      assertThat(outcomes).hasSize(20);
    }
    return 0;
  }

  private int sell(String tenant, Random chance) {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      int status = setSeats(tenant, SKUS.get(chance.nextInt(3)), chance.nextInt(25));
      assertThat(status).isIn(200, 409);
      refused += status == 409 ? 1 : 0;
    }
    return refused;
  }

  private static int setSeats(String tenant, String sku, int seats) {
    return given()
        .auth()
        .oauth2(TestPlatform.shared().token(tenant, "ada", Set.of("tenant-admin"), Set.of()))
        .body("{\"totalSeats\": " + seats + "}")
        .put("/v1/subscriptions/" + sku)
        .statusCode();
  }
}
