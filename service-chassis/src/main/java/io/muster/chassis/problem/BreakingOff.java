package io.muster.chassis.problem;

import io.vertx.core.Future;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends calls so that the client sees that they were not finished. */
public final class BreakingOff {
  private static final long PATIENCE_SECONDS = 10;

  private BreakingOff() {}

  /**
   * Whatever of the answer is still due won't come. From any thread.
   *
   * @return completes when the connection is gone; an end that is written before that still counts
   */
  public static Future<Void> call(RoutingContext call) {
    if (call.request().version() == HttpVersion.HTTP_2) {
      // The connection carries other calls, too.
      call.response().reset();
      return Future.succeededFuture();
    }
    return call.request().connection().close();
  }

  /**
   * A download that is broken off when it can't be finished. The framework would end what has begun
   * with the problem document's end, in a race with its own closing of the connection: about every
   * third half file looked whole.
   */
  public static StreamingOutput unlessWhole(RoutingContext call, StreamingOutput download) {
    return out -> {
      try {
        download.write(out);
      } catch (IOException | RuntimeException e) {
        if (call.response().headWritten()) {
          await(call(call));
        }
        throw e;
      }
    };
  }

  private static void await(Future<Void> gone) {
    try {
      gone.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It is broken either way.
      return;
    }
  }
}
