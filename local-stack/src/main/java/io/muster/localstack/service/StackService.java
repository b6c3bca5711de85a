package io.muster.localstack.service;

import io.muster.localstack.home.StackFailure;
import java.util.List;
import java.util.stream.Stream;

/** The services, by the names that processes, databases and Kafka logins bear as well. */
public enum StackService {
  BULK_INGEST_SERVICE("bulk-ingest-service", 256),
  USER_SERVICE("user-service", 512),
  LICENSE_SERVICE("license-service", 192),
  GATEWAY("gateway", 256);

  /**
   * What is hot in a start isn't what is hot in the work: the optimising compiler waits ten times
   * as long as usual, which saves a third of a start's cost and nothing later.
   */
  public static final List<String> LATE_OPTIMISING =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000");

  /**
   * Spools are sealed in segments of 64 KiB. The processor's own instructions for AES-GCM come with
   * the optimising compiler, and a method that is called once for each segment would be compiled
   * late or never; until then Java code does some 75 MB/s, a fiftieth (docs/capacity.md).
   */
  private static final List<String> CIPHERS_AT_ONCE =
      List.of(
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=CompileThresholdScaling,com/sun/crypto/provider/*.*,0.01");

  private final String serviceName;
  private final int heapMebibytes;

  StackService(String serviceName, int heapMebibytes) {
    this.serviceName = serviceName;
    this.heapMebibytes = heapMebibytes;
  }

  /**
   * @throws StackFailure when there is none of that name
   */
  public static StackService named(String name) {
    for (StackService service : values()) {
      if (service.serviceName.equals(name)) {
        return service;
      }
    }
    throw new StackFailure("There is no service " + name + ".");
  }

  /** Such as {@code user-service}. */
  public String serviceName() {
    return serviceName;
  }

  /** For the JVM's compilers: by what the service's throughput depends on. */
  public List<String> compilerFlags() {
    return switch (this) {
      case LICENSE_SERVICE -> List.of("-XX:TieredStopAtLevel=1");
      case BULK_INGEST_SERVICE ->
          Stream.of(LATE_OPTIMISING, CIPHERS_AT_ONCE).flatMap(List::stream).toList();
      case USER_SERVICE, GATEWAY -> LATE_OPTIMISING;
    };
  }

  /**
   * For the JVM's memory. A batch of user-service's lives through a collection or two, each of
   * which copies it; with half of the heap for what is young there are half as many.
   */
  public List<String> memoryFlags() {
    String heap = "-Xmx" + heapMebibytes + "m";
    return this == USER_SERVICE ? List.of(heap, "-XX:NewRatio=1") : List.of(heap);
  }

  public String database() {
    return serviceName;
  }

  /** Owns the tables and migrates; row-level security is forced on it, so it reads no rows. */
  public String ownerRole() {
    return role("owner");
  }

  /** What the service works as; owns nothing. */
  public String appRole() {
    return role("app");
  }

  /** Finds work across tenants, by narrow policies of its own. */
  public String finderRole() {
    return role("finder");
  }

  public List<String> roles() {
    return List.of(ownerRole(), appRole(), finderRole());
  }

  private String role(String kind) {
    return serviceName.replace('-', '_') + "_" + kind;
  }
}
