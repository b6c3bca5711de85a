package io.muster.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.deployment.Repository;
import io.muster.deployment.configuration.ServiceKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the base and for every overlay; each renders by itself. */
class ManifestsTest {
  private static final String BASE = "base";
  private static final String DEV = "overlays/dev";
  private static final String PRODUCTION = "overlays/production";

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void kubernetesOwnKindsHaveTheirFields(String folder) {
    assertThat(Schemas.faults(Manifests.of(Manifests.render(folder)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void podsKeepTheRestrictedProfile(String folder) {
    assertThat(RestrictedProfile.faults(Manifests.of(Manifests.render(folder)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void whatIsNamedIsThere(String folder) {
    Manifests manifests = Manifests.of(Manifests.render(folder));

    assertThat(Wiring.wrongKeys(manifests)).isEmpty();
    assertThat(Wiring.wrongPorts(manifests)).isEmpty();
    assertThat(Wiring.wrongSecrets(manifests)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void theBusIsTheCataloguesAndEachServiceMayDoWhatItDoes(String folder) {
    Manifests manifests = Manifests.of(Manifests.render(folder));

    assertThat(Bus.wrongTopics(manifests)).isEmpty();
    assertThat(Bus.missingRights(manifests)).isEmpty();
    assertThat(Bus.superfluousRights(manifests)).isEmpty();
    assertThat(
            folder.equals(DEV)
                ? Bus.wrongCopies(manifests, 1, 1)
                : Bus.wrongCopies(manifests, 3, 2))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, PRODUCTION})
  void aCommitIsOnTwoMachinesAndNobodyWithoutItIsMadePrimary(String folder) {
    Manifests manifests = Manifests.of(Manifests.render(folder));

    assertThat(manifests.ofKind("Cluster"))
        .singleElement()
        .satisfies(
            cluster -> {
              Node synchronous = cluster.at("spec").at("postgresql").at("synchronous");
              assertThat(synchronous.text("dataDurability")).isEqualTo("required");
              assertThat(synchronous.text("failoverQuorum")).isEqualTo("true");
              assertThat(cluster.at("spec").text("instances")).isEqualTo("3");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void everyServiceIsProbedAndGuarded(String folder) {
    Manifests manifests = Manifests.of(Manifests.render(folder));

    assertThat(manifests.services())
        .hasSize(4)
        .allSatisfy(
            service -> {
              String name = service.at("metadata").text("name");
              Node container = Manifests.pod(service).at("containers").items().get(0);
              assertThat(container.fields())
                  .containsKeys("startupProbe", "livenessProbe", "readinessProbe");
              assertThat(manifests.ofKind("PodDisruptionBudget"))
                  .anyMatch(budget -> budget.at("metadata").text("name").equals(name));
              assertThat(manifests.ofKind("NetworkPolicy"))
                  .anyMatch(policy -> policy.at("metadata").text("name").equals("into-" + name));
              assertThat(manifests.ofKind("Job"))
                  .anyMatch(job -> job.at("metadata").text("name").equals(name + "-migration"));
            });
    assertThat(manifests.ofKind("NetworkPolicy"))
        .anyMatch(
            policy ->
                policy.at("spec").at("podSelector").fields().isEmpty()
                    && policy.at("spec").fields().size() == 2
                    && policy.at("spec").at("policyTypes").items().size() == 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void noServiceIsGivenTheOwnersPassword(String folder) {
    Manifests manifests = Manifests.of(Manifests.render(folder));

    assertThat(manifests.services())
        .allSatisfy(service -> assertThat(service.value().toString()).doesNotContain("-db-owner"));
  }

  /** What its start with {@code quarkus.flyway.validate-at-start} reads as the application role. */
  @Test
  void everyServiceMayReadTheVersionOfItsSchema() {
    assertThat(ServiceKeys.services())
        .allSatisfy(
            service ->
                assertThat(
                        Repository.text(
                            service
                                + "/src/main/resources/db/migration/afterMigrate__show_the_version.sql"))
                    .contains("GRANT SELECT ON flyway_schema_history TO ${app};"));
  }
}
