package io.muster.benchmarks.loop;

import io.muster.bulkingest.upload.UploadLimits;
import io.muster.cli.generate.People;
import io.muster.cli.generate.SampleFile;
import io.muster.cli.generate.WritingSamples;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.smallrye.config.WithDefault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the loops work on: the same people and files as {@code muster generate} makes. */
final class Samples {
  static final String TENANT = "contoso";
  static final String DOMAIN = "contoso.com";
  static final UUID JOB = new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0001L);
  static final Actor ACTOR = new Actor("ada@contoso.com", Set.of("tenant-admin"), Set.of());

  private Samples() {}

  /** A file in UTF-8 with a header. */
  static byte[] file(Operation operation, int rows, boolean passwords) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new WritingSamples(
              new People(People.DEFAULT_SEED),
              SampleFile.of(operation, DOMAIN, passwords, List.of()))
          .csv(rows, out);
    } catch (IOException e) {
      throw new IllegalStateException("memory can't be written to", e);
    }
    return out.toByteArray();
  }

  /** The service's own: what the annotations say, without Quarkus to read them. */
  static UploadLimits limits() {
    return (UploadLimits)
        Proxy.newProxyInstance(
            UploadLimits.class.getClassLoader(),
            new Class<?>[] {UploadLimits.class},
            (proxy, limit, none) -> {
              String figure = limit.getAnnotation(WithDefault.class).value();
              return limit.getReturnType() == int.class
                  ? (Object) Integer.valueOf(figure)
                  : (Object) Long.valueOf(figure);
            });
  }
}
