package io.muster.benchmarks.limit.compared;

import io.muster.benchmarks.limit.postgresql.StackServer;
import io.muster.benchmarks.stack.BenchStack;
import io.muster.localstack.service.StackService;
import java.net.URI;

/** A running stack's PostgreSQL. */
final class Servers {
  private static final String JDBC = "jdbc:";

  private Servers() {}

  static StackServer of(BenchStack stack) {
    String url = stack.superuser(StackService.USER_SERVICE).jdbcUrl();
    String address = URI.create(url.substring(JDBC.length())).getAuthority();
    return StackServer.of(address, stack.folder().resolve("secrets.properties"));
  }
}
