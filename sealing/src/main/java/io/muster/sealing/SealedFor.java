package io.muster.sealing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.UUID;

/**
 * What a sealed thing belongs to. It is bound to the seal as associated data, so that a spool can't
 * be opened as another tenant's, as another job's, or as something else of the same job.
 *
 * @param tenant whose
 * @param jobId which job's
 * @param purpose what it is, {@code rows} for example
 */
public record SealedFor(String tenant, UUID jobId, String purpose) {
  public SealedFor {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(purpose, "purpose");
  }

  /** Unambiguous bytes: every text has its length before it. */
  byte[] associatedData() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(96);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(tenant);
      out.writeLong(jobId.getMostSignificantBits());
      out.writeLong(jobId.getLeastSignificantBits());
      out.writeUTF(purpose);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
