package io.muster.deployment.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each check finds what it is for: a fault is planted into what renders well. */
class PlantedFaultsTest {
  private static String rendered;

  @BeforeAll
  static void render() {
    rendered = Manifests.render("overlays/production");
  }

  private static Manifests with(String right, String wrong) {
    assertThat(rendered).contains(right);
    return Manifests.of(rendered.replace(right, wrong));
  }

  @Test
  void aFieldThatDoesNotExist() {
    assertThat(Schemas.faults(with("readinessProbe:", "readynessProbe:")))
        .hasSize(4)
        .allMatch(fault -> fault.contains("readynessProbe"));
  }

  @Test
  void aFieldThatIsMissing() {
    assertThat(Schemas.faults(with("        name: service\n        ports:\n", "        ports:\n")))
        .hasSize(4)
        .allMatch(fault -> fault.contains("required field `name`"));
  }

  @Test
  void aValueOfAnotherType() {
    assertThat(Schemas.faults(with("failureThreshold: 90", "failureThreshold: often"))).hasSize(4);
  }

  @Test
  void aKindOfAnotherVersion() {
    assertThat(Schemas.faults(with("apiVersion: policy/v1\n", "apiVersion: policy/v1beta1\n")))
        .hasSize(4)
        .allMatch(fault -> fault.endsWith("no such kind in policy/v1beta1"));
  }

  @Test
  void podsThatMayDoMore() {
    assertThat(RestrictedProfile.faults(with("runAsNonRoot: true", "runAsNonRoot: false")))
        .contains("Deployment gateway: may run as root", "Job gateway-migration: may run as root");
    assertThat(
            RestrictedProfile.faults(
                with("allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true")))
        .contains("StatefulSet bulk-ingest-service: may gain privileges");
    assertThat(RestrictedProfile.faults(with("            - ALL", "            - KILL")))
        .contains("Deployment user-service: keeps capabilities");
    assertThat(RestrictedProfile.faults(with("type: RuntimeDefault", "type: Unconfined")))
        .contains("Deployment gateway: has no seccomp profile");
    assertThat(
            RestrictedProfile.faults(
                with(
                    "- emptyDir:\n          sizeLimit: 256Mi",
                    "- hostPath:\n          path: /tmp")))
        .contains("Deployment gateway: volume tmp is of no allowed type");
    assertThat(
            RestrictedProfile.faults(
                with("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false")))
        .contains("Deployment gateway: writes to its root");
    assertThat(
            RestrictedProfile.faults(
                with(
                    "          limits:\n            memory:",
                    "          limits:\n            cpu:")))
        .contains("Deployment gateway: has no limit of memory or asks for no processor");
  }

  @Test
  void aKeyThatNothingReadsAndOneThatIsMissing() {
    assertThat(Wiring.wrongKeys(with("MUSTER_SPOOL_DIRECTORY:", "MUSTER_SPOOL_FOLDER:")))
        .contains(
            "bulk-ingest-service: nothing reads MUSTER_SPOOL_FOLDER",
            "bulk-ingest-service: must be told MUSTER_SPOOL_DIRECTORY",
            "bulk-ingest-service-migration: must be told MUSTER_SPOOL_DIRECTORY");
    assertThat(Wiring.wrongKeys(with("  MUSTER_ACCESS_ISSUER:", "  MUSTER_ISSUER:")))
        .contains(
            "gateway: nothing reads MUSTER_ISSUER", "gateway: must be told MUSTER_ACCESS_ISSUER");
  }

  @Test
  void addressesProbesAndServicesThatLeadNowhere() {
    assertThat(Wiring.wrongPorts(with("http://license-service:8080", "http://license-service:80")))
        .contains("Deployment gateway: nobody listens at http://license-service:80");
    assertThat(
            Wiring.wrongPorts(
                with(
                    "path: /q/health/live\n            port: http",
                    "path: /q/health/live\n            port: admin")))
        .contains("Deployment gateway: no port for its livenessProbe");
    assertThat(
            Wiring.wrongPorts(
                with(
                    "  selector:\n"
                        + "    app.kubernetes.io/component: service\n"
                        + "    app.kubernetes.io/name: gateway\n",
                    "  selector:\n    app.kubernetes.io/name: door\n")))
        .contains("Service gateway selects nobody");
  }

  @Test
  void aSecretWithAValueAndOneThatNobodyMakes() {
    assertThat(
            Wiring.wrongSecrets(
                Manifests.of(
                    rendered + "---\nkind: Secret\napiVersion: v1\nmetadata: {name: p}\n")))
        .containsExactly("Secret p stands in the manifests");
    assertThat(
            Wiring.wrongSecrets(
                with(
                    "        - name: QUARKUS_FLYWAY_PASSWORD\n          valueFrom:",
                    "        - name: QUARKUS_FLYWAY_PASSWORD\n"
                        + "          value: s3cret\n"
                        + "          from:")))
        .contains("Job gateway-migration: QUARKUS_FLYWAY_PASSWORD has a value of its own");
    assertThat(Wiring.wrongSecrets(with("name: kafka-gateway", "name: kafka-door")))
        .containsExactly("Deployment gateway: nobody makes the secret kafka-door");
    assertThat(Wiring.wrongSecrets(with("name: service-tokens", "name: tokens")))
        .contains("StatefulSet bulk-ingest-service: nobody makes the secret tokens");
  }

  @Test
  void aTopicThatIsMissingOrKeptDifferently() {
    assertThat(Bus.wrongTopics(with("  name: muster.job-progress\n", "  name: muster.progress\n")))
        .hasSize(2)
        .anyMatch(fault -> fault.startsWith("muster.job-progress is none"))
        .anyMatch(fault -> fault.startsWith("muster.progress is 3 partitions"));
    assertThat(Bus.wrongTopics(with("partitions: 12", "partitions: 6"))).hasSize(rows());
    assertThat(Bus.wrongTopics(with("retention.ms: 2419200000", "retention.ms: 1"))).isNotEmpty();
    assertThat(Bus.wrongCopies(with("min.insync.replicas: 2", "min.insync.replicas: 1"), 3, 2))
        .isNotEmpty();
  }

  private static int rows() {
    return rendered.split("partitions: 12\n", -1).length - 1;
  }

  @Test
  void aRightThatIsMissingAndOneTooMany() {
    List<String> missing =
        Bus.missingRights(
            with("        name: muster.license-commands\n", "        name: muster.x\n"));

    assertThat(missing)
        .contains(
            "user-service may not Write topic muster.license-commands",
            "license-service may not Read topic muster.license-commands");
    assertThat(
            Bus.superfluousRights(
                with(
                    "    - operations:\n"
                        + "      - Read\n"
                        + "      - Describe\n"
                        + "      resource:\n"
                        + "        name: muster.\n",
                    "    - operations:\n      - Write\n      resource:\n        name: muster.\n")))
        .contains("gateway may Write topic muster.user-commands.dead-letters");
  }

  @Test
  void aServiceWithoutItsGuards() {
    assertThat(Guards.missing(with("startupProbe:", "slowProbe:")))
        .hasSize(4)
        .contains("gateway has no startupProbe");
    assertThat(Guards.missing(with("kind: PodDisruptionBudget\n", "kind: Budget\n")))
        .hasSize(4)
        .contains("there is no PodDisruptionBudget user-service");
    assertThat(Guards.missing(with("  name: into-gateway\n", "  name: into-door\n")))
        .containsExactly("there is no NetworkPolicy into-gateway");
    assertThat(
            Guards.missing(
                with("  podSelector: {}\n", "  podSelector:\n    matchLabels: {a: b}\n")))
        .containsExactly("nothing denies what no policy allows");
  }

  @Test
  void aRolloutThatDoesNotGoOn() {
    assertThat(Guards.stuck(with("podManagementPolicy: Parallel", "minReadySeconds: 0")))
        .containsExactly("StatefulSet bulk-ingest-service waits for a broken pod");
    assertThat(Guards.stuck(with("Seconds: 1800\n", "Seconds: 600\n")))
        .hasSize(3)
        .contains("Deployment gateway is given up before its migration");
  }

  @Test
  void aDatabaseThatLosesCommits() {
    assertThat(Stores.losing(with("dataDurability: required", "dataDurability: preferred")))
        .containsExactly("a commit needs no second machine");
    assertThat(Stores.losing(with("failoverQuorum: true", "failoverQuorum: false")))
        .containsExactly("who lacks commits may be made primary");
  }

  @Test
  void copiesOnOneMachine() {
    assertThat(Stores.together(with("DoNotSchedule", "ScheduleAnyway")))
        .containsExactly("Kafka's brokers", "Kafka's controllers");
    assertThat(Stores.together(with("strimzi.io/broker-role", "strimzi.io/brokers-role")))
        .containsExactly("Kafka's brokers");
    assertThat(
            Stores.together(with("podAntiAffinityType: required", "enablePodAntiAffinity: true")))
        .containsExactly("PostgreSQL's muster-db");
  }

  @Test
  void aVolumeWhereItsInstanceMayNotGo() {
    assertThat(Stores.unplaceable(with("key: cnpg.io/instanceName", "key: cnpg.io/podRole")))
        .containsExactly(
            "spread over topology.kubernetes.io/zone counts by [cnpg.io/cluster, cnpg.io/podRole]");
  }

  @Test
  void anImageThatIsNoLongerMadeOrThatChanges() {
    assertThat(Stores.wrongImages(with("-standard-trixie", "-system-trixie"))).hasSize(1);
    assertThat(Stores.wrongImages(with(":18.6-standard", ":18-standard"))).hasSize(1);
  }

  @Test
  void aVolumeThatIsTooSmall() {
    assertThat(Stores.overflowing(with("size: 150Gi", "size: 120Gi")))
        .containsExactly("topics keep 108 GiB of 120");
    assertThat(Stores.overflowing(with("max_slot_wal_keep_size: 16GB", "wal_keep_size: 16GB")))
        .containsExactly("PostgreSQL's log keeps more than 40Gi");
  }

  @Test
  void aPodThatGrowsWithItsNode() {
    assertThat(Memory.outgrown(with("JDK_JAVA_OPTIONS:", "JAVA_OPTS:")))
        .hasSize(8)
        .contains("Deployment gateway sizes itself by its node");
    assertThat(Memory.outgrown(with("ActiveProcessorCount=4", "ActiveProcessorCount=16")))
        .containsExactly("Deployment user-service has no room for its hashes");
  }

  @Test
  void aStoreThatAsksForNothingAndANodeThatCannotBeDrained() {
    assertThat(Stores.unbounded(with("cpu: 100m", "disk: 100m")))
        .containsExactly("topicOperator", "userOperator");
    assertThat(Stores.undrainable(with("  unhealthyPodEvictionPolicy: AlwaysAllow\n", "")))
        .hasSize(4)
        .contains("gateway");
    assertThat(Stores.undrainable(with("maxUnavailable: 1", "maxUnavailable: 0"))).hasSize(4);
    assertThat(Stores.undrainable(with("  instances: 3\n", "  instances: 1\n")))
        .containsExactly("muster-db");
  }

  @Test
  void aCallThatDoesNotGetIn() {
    assertThat(Entrance.unreached(with("value: /scim\n", "value: /skim\n")))
        .isNotEmpty()
        .allMatch(fault -> fault.startsWith("nobody from outside reaches /scim/v2"));
    assertThat(
            Entrance.unreached(
                with("- name: gateway\n      port: 8080", "- name: gateway\n      port: 80")))
        .containsExactly("nobody listens at gateway:80");
    assertThat(Entrance.untold(with("ALLOW_X_FORWARDED: \"true\"", "ALLOW_FORWARDED: \"true\"")))
        .containsExactly("QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED");
  }

  @Test
  void aPolicyThatCutsOff() {
    assertThat(Reach.cutOff(withIn("into-license-service", "name: gateway", "name: door")))
        .containsExactly("license-service doesn't hear gateway");
    assertThat(Reach.cutOff(withIn("into-gateway", "- license-service", "- licence-service")))
        .containsExactly("gateway may not go to license-service");
    assertThat(Reach.cutOff(withIn("into-user-service", "port: 8080", "port: 80")))
        .contains(
            "user-service doesn't hear gateway", "user-service may not go to bulk-ingest-service");
    assertThat(Reach.cutOff(withIn("to-the-databases", "- migration", "- migrations")))
        .hasSize(4)
        .contains("user-service-migration may not go to muster-db-rw");
    assertThat(Reach.cutOff(withIn("services-to-kafka-and-the-issuer", "9093", "9092")))
        .hasSize(4)
        .contains("gateway may not go to muster-kafka-bootstrap");
    assertThat(Reach.cutOff(with("networkPolicyPeers:", "peers:")))
        .hasSize(4)
        .contains("muster-kafka-bootstrap doesn't hear user-service");
    assertThat(Reach.cutOff(withIn("everybody-asks-for-names", "port: 53", "port: 5353")))
        .hasSize(8)
        .contains("gateway-migration can't ask for names");
    assertThat(Reach.cutOff(withIn("postgresql", "port: 6443", "port: 8443")))
        .containsExactly("muster-db-rw doesn't reach the API server at 6443");
    assertThat(Reach.cutOff(withIn("kafka", "port: 443", "port: 4443")))
        .containsExactly("muster-kafka-bootstrap doesn't reach the API server at 443");
  }

  /** A fault in one network policy. */
  private static Manifests withIn(String policy, String right, String wrong) {
    int begin = rendered.indexOf("kind: NetworkPolicy\nmetadata:\n");
    String head = "\n  name: " + policy + "\n";
    while (rendered.indexOf(head, begin) > rendered.indexOf("\n---", begin)) {
      begin = rendered.indexOf("kind: NetworkPolicy\n", begin + 1);
    }
    int end = rendered.indexOf("\n---", begin);
    String its = rendered.substring(begin, end);
    assertThat(its).contains(head, right);
    return Manifests.of(
        rendered.substring(0, begin) + its.replace(right, wrong) + rendered.substring(end));
  }

  @Test
  void aServiceWithTheOwnersPassword() {
    assertThat(
            Guards.holdersOfTheOwnersPassword(
                with("name: kafka-gateway", "name: gateway-db-owner")))
        .containsExactly("gateway");
  }

  @Test
  void aCommandThatMeetsSomethingElse() {
    Manifests manifests = Manifests.of(rendered);

    assertThat(Commands.wrong("`kubectl scale --replicas=0 deployment --all`", manifests))
        .containsExactly(
            "meets what the operators run: kubectl scale --replicas=0 deployment --all");
    assertThat(Commands.wrong("kubectl rollout status deployment/door --timeout=1m\n", manifests))
        .containsExactly("there is no deployment/door");
    assertThat(Commands.wrong("kubectl delete job -l muster/part=migration\n", manifests))
        .containsExactly("nothing is labelled muster/part=migration");
  }

  @Test
  void podsThatAskForMore() {
    Requests asked = Requests.of(Manifests.of(rendered));

    assertThat(Requests.of(with("cpu: 250m", "cpu: 350m")).millis())
        .isEqualTo(asked.millis() + (3 + 2 + 4) * 100);
    assertThat(Requests.of(with("memory: 768Mi", "memory: 769Mi")).bytes())
        .isEqualTo(asked.bytes() + ((3 + 1) << 20));
    assertThat(Requests.of(with("memory: 8Gi", "memory: 9Gi")))
        .hasToString(asked.toString().replace("49 GiB", "52 GiB"));
  }

  @Test
  void aServiceThatMayNotReadTheVersionOfItsSchema() {
    String callback = ManifestsTest.schemasCallback("gateway");

    assertThat(Guards.letsTheServiceReadItsVersion(callback.replace("GRANT", "REVOKE"))).isFalse();
    assertThat(Guards.letsTheServiceReadItsVersion(callback.replace("GRANT", "-- GRANT")))
        .isFalse();
    assertThat(Guards.letsTheServiceReadItsVersion(callback.replace("${app}", "${finder}")))
        .isFalse();
    assertThat(Guards.letsTheServiceReadItsVersion(callback.replace("_history", ""))).isFalse();
  }
}
