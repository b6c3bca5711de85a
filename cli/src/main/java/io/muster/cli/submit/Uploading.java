package io.muster.cli.submit;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.CommandFailed;
import io.muster.cli.service.Query;
import io.muster.cli.service.Service;
import io.muster.cli.service.UploadBroken;
import io.muster.cli.terminal.OnInterrupt;
import io.muster.cli.terminal.Progress;
import io.muster.cli.terminal.Terminal;
import io.muster.contracts.command.Operation;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Sends an upload. Every one has an idempotency key, so that a file can be sent once more after its
 * connection broke: whatever became of the first try, there will be one job.
 */
public final class Uploading {
  private final Terminal terminal;
  private final Service service;

  public Uploading(Terminal terminal, Service service) {
    this.terminal = terminal;
    this.service = service;
  }

  /** Sends a file without further wishes and returns the job. */
  public JsonNode upload(Path file, Operation operation) {
    Query query = new Query("/v1/jobs").with("operation", operation.word());
    return upload(Upload.of(file.toString(), terminal.in()), query.toString(), null);
  }

  /**
   * Sends it and returns the job.
   *
   * @param path with query
   * @param key the idempotency key; null makes one up
   */
  public JsonNode upload(Upload upload, String path, String key) {
    Map<String, String> headers = new HashMap<>(upload.headers());
    headers.put("Idempotency-Key", key == null ? UUID.randomUUID().toString() : key);
    try (Progress progress = Progress.on(terminal, "upload", "KiB", InstantSource.system());
        OnInterrupt interrupted =
            OnInterrupt.run(
                () -> {
                  progress.close();
                  terminal.say("Interrupted: a half upload leaves nothing behind.");
                })) {
      try {
        return service.upload(path, upload.body(progress), headers);
      } catch (UploadBroken broken) {
        // A refusal can come before the last byte went out, and is then lost with the connection.
        service.get("/v1/jobs?limit=1");
        if (!upload.repeatable()) {
          throw broken(broken);
        }
        progress.note("The connection broke; sending the file once more ...");
        return again(upload, path, headers, progress);
      }
    } catch (IllegalArgumentException e) {
      throw CommandFailed.wrongUsage("--idempotency-key holds characters that a header can't.");
    }
  }

  private JsonNode again(
      Upload upload, String path, Map<String, String> headers, Progress progress) {
    try {
      return service.upload(path, upload.body(progress), headers);
    } catch (UploadBroken broken) {
      throw broken(broken);
    }
  }

  private CommandFailed broken(UploadBroken broken) {
    return CommandFailed.unreachable(
            "The connection to " + service.url() + " broke during the upload.", broken)
        .withHints(
            "See muster job list before you import again; with the same --idempotency-key a"
                + " repeat makes no second job.");
  }
}
