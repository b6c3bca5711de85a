package io.muster.benchmarks.limit.alone;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a script with cmdlets reaches: users added and enabled by single calls, one after the other,
 * over a few connections.
 */
public final class CallingOneByOne {
  private static final int CREATED = 201;
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int TOO_MANY = 429;
  private static final double NANOS = 1e9;

  private final URI gateway;
  private final String token;
  private final String domain;
  private final int connections;
  private final AtomicLong next = new AtomicLong();
  private final String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);

  /**
   * @param gateway its address, {@code http://127.0.0.1:8080}
   * @param token a bearer token of a tenant-admin
   * @param domain of the users that are made
   * @param connections at a time, 8 for a script that runs things in parallel
   */
  public CallingOneByOne(URI gateway, String token, String domain, int connections) {
    this.gateway = gateway;
    this.token = token;
    this.domain = domain;
    this.connections = connections;
  }

  /**
   * What came of it.
   *
   * @param users added and enabled
   * @param usersPerSecond each with its two calls
   * @param toldToWait answers 429, each followed by a wait as long as it said and the same call
   * @param late calls whose row had not ended when they were answered (202)
   * @param adding of POST /v1/users, with the waits that it was told
   * @param enabling of POST /v1/users/{upn}/enable, likewise
   */
  public record Result(
      int connections,
      long users,
      double usersPerSecond,
      long toldToWait,
      long late,
      Latencies adding,
      Latencies enabling) {}

  /** One connection's calls. */
  private static final class Counted {
    private final List<Long> adding = new ArrayList<>();
    private final List<Long> enabling = new ArrayList<>();
    private long toldToWait;
    private long late;
  }

  /**
   * Calls for that long.
   *
   * @throws IOException when an answer is anything but what a script would go on with
   */
  public Result measure(Duration time) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long start = System.nanoTime();
      List<Callable<Counted>> scripts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        scripts.add(() -> script(start + time.toNanos()));
      }
      List<Counted> all = new ArrayList<>();
      for (Future<Counted> done : threads.invokeAll(scripts)) {
        all.add(done.get());
      }
      return sum(all, (System.nanoTime() - start) / NANOS);
    } catch (ExecutionException e) {
      throw new IOException("single calls failed: " + e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private Counted script(long end) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Counted counted = new Counted();
    while (System.nanoTime() < end) {
      String name = "single." + run + "." + next.incrementAndGet() + "@" + domain;
      String user =
          """
          {"userPrincipalName":"%s","displayName":"Single Call"}\
          """
              .formatted(name);
      counted.adding.add(call(client, "/v1/users", user, CREATED, counted));
      String enable = "/v1/users/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/enable";
      counted.enabling.add(call(client, enable, "{}", OK, counted));
    }
    return counted;
  }

  private long call(HttpClient client, String path, String body, int expected, Counted counted)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    long start = System.nanoTime();
    while (true) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == TOO_MANY) {
        counted.toldToWait++;
        Thread.sleep(Duration.ofSeconds(retryAfter(answer)).toMillis());
        continue;
      }
      if (answer.statusCode() == ACCEPTED) {
        counted.late++;
      } else if (answer.statusCode() != expected) {
        throw new IOException("POST " + path + ": " + answer.statusCode() + " " + answer.body());
      }
      return System.nanoTime() - start;
    }
  }

  private static long retryAfter(HttpResponse<String> answer) {
    return answer.headers().firstValueAsLong("Retry-After").orElse(1);
  }

  private Result sum(List<Counted> all, double seconds) {
    List<Long> adding = new ArrayList<>();
    List<Long> enabling = new ArrayList<>();
    all.forEach(
        one -> {
          adding.addAll(one.adding);
          enabling.addAll(one.enabling);
        });
    return new Result(
        connections,
        enabling.size(),
        enabling.size() / seconds,
        all.stream().mapToLong(one -> one.toldToWait).sum(),
        all.stream().mapToLong(one -> one.late).sum(),
        Latencies.of(adding),
        Latencies.of(enabling));
  }
}
