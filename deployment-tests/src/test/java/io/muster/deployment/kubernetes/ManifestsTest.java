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

    assertThat(Stores.losing(manifests)).isEmpty();
    assertThat(Stores.together(manifests)).isEmpty();
    assertThat(Stores.overflowing(manifests)).isEmpty();
    assertThat(Stores.unplaceable(manifests)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void storesAreBoundedAndNodesCanBeDrained(String folder) {
    Manifests manifests = Manifests.of(Manifests.render(folder));

    assertThat(Stores.unbounded(manifests)).isEmpty();
    assertThat(Stores.undrainable(manifests)).isEmpty();
    assertThat(Stores.wrongImages(manifests)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void noNodeIsTooLargeForAPod(String folder) {
    assertThat(Memory.outgrown(Manifests.of(Manifests.render(folder)))).isEmpty();
  }

  @Test
  void everyCallThatIsDescribedGetsInAndIsAnsweredWithAddressesThatDo() {
    Manifests manifests = Manifests.of(Manifests.render(PRODUCTION));

    assertThat(Entrance.unreached(manifests)).isEmpty();
    assertThat(Entrance.untold(manifests)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void everyServiceIsProbedAndGuarded(String folder) {
    Manifests manifests = Manifests.of(Manifests.render(folder));

    assertThat(manifests.services()).hasSize(4);
    assertThat(Guards.missing(manifests)).isEmpty();
    assertThat(Guards.stuck(manifests)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void policiesLetThroughWhatPodsAreToldToCall(String folder) {
    assertThat(Reach.cutOff(Manifests.of(Manifests.render(folder)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, DEV, PRODUCTION})
  void noServiceIsGivenTheOwnersPassword(String folder) {
    Manifests manifests = Manifests.of(Manifests.render(folder));

    assertThat(Guards.holdersOfTheOwnersPassword(manifests)).isEmpty();
  }

  @Test
  void theCommandsOfOperationsMeetWhatTheyAreAbout() {
    assertThat(
            Commands.wrong(
                Repository.text("docs/operations.md"), Manifests.of(Manifests.render(PRODUCTION))))
        .isEmpty();
  }

  @Test
  void anOverlayAsksForWhatIsSaidOfIt() {
    Requests dev = Requests.of(Manifests.of(Manifests.render(DEV)));
    Requests production = Requests.of(Manifests.of(Manifests.render(PRODUCTION)));

    assertThat(dev.millis()).isLessThanOrEqualTo(2_000);
    assertThat(dev.bytes()).isLessThanOrEqualTo(10L << 30);
    assertThat(Repository.text("docs/operations.md"))
        .contains("`production` asks for " + production + " of memory");
  }

  /** What its start with {@code quarkus.flyway.validate-at-start} reads as the application role. */
  @Test
  void everyServiceMayReadTheVersionOfItsSchema() {
    assertThat(ServiceKeys.services())
        .allSatisfy(
            service ->
                assertThat(Guards.letsTheServiceReadItsVersion(schemasCallback(service)))
                    .as(service)
                    .isTrue());
  }

  /** What Flyway runs as the owner after each migration. */
  static String schemasCallback(String service) {
    return Repository.text(
        service + "/src/main/resources/db/migration/afterMigrate__show_the_version.sql");
  }
}
