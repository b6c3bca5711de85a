package io.muster.deployment.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What all pods ask of a cluster together, their stores' among them, while it starts.
 *
 * @param millis thousandths of a processor
 * @param bytes of memory
 */
record Requests(long millis, long bytes) {
  static Requests of(Manifests manifests) {
    List<Requests> all = new ArrayList<>();
    manifests
        .withPods()
        .forEach(
            each ->
                all.add(
                    of(
                        Manifests.pod(each).at("containers").items().get(0),
                        copies(each, "replicas"))));
    manifests
        .ofKind("KafkaNodePool")
        .forEach(pool -> all.add(of(pool.at("spec"), copies(pool, "replicas"))));
    manifests
        .ofKind("Cluster")
        .forEach(cluster -> all.add(of(cluster.at("spec"), copies(cluster, "instances"))));
    manifests.ofKind("Kafka").stream()
        .flatMap(kafka -> kafka.at("spec").at("entityOperator").fields().values().stream())
        .forEach(operator -> all.add(of(operator, 1)));
    return new Requests(
        all.stream().mapToLong(Requests::millis).sum(),
        all.stream().mapToLong(Requests::bytes).sum());
  }

  /** {@code 16.5 processors and 49 GiB}, rounded. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.1f processors and %d GiB", millis / 1000.0, Math.round(bytes / 0x1p30));
  }

  private static Requests of(Node container, long copies) {
    Node asked = container.at("resources").at("requests");
    String cpu = asked.text("cpu");
    long millis =
        cpu.endsWith("m")
            ? Long.parseLong(cpu.substring(0, cpu.length() - 1))
            : 1000 * Long.parseLong(cpu);
    return new Requests(copies * millis, copies * Stores.bytes(asked.text("memory")));
  }

  private static long copies(Node manifest, String field) {
    String copies = manifest.at("spec").text(field);
    return copies == null ? 1 : Long.parseLong(copies);
  }
}
