package io.muster.bulkingest.upload;

import io.muster.contracts.command.Operation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * What is known about an upload before its first byte.
 *
 * @param tenant whose
 * @param jobId the job it becomes, a UUIDv7
 * @param operation of every row that doesn't say otherwise
 * @param roles the submitter's
 * @param licenses SKUs added to each row's own, never null
 * @param fill values for empty cells by column, canonical or known by another name, never null
 * @param allowance the tenant's
 * @param contentEncoding the header as it came; null when there was none
 * @param fileName the header X-File-Name; null when there was none
 */
public record UploadRequest(
    String tenant,
    UUID jobId,
    Operation operation,
    Set<String> roles,
    List<String> licenses,
    Map<String, String> fill,
    Allowance allowance,
    String contentEncoding,
    String fileName) {
  public UploadRequest {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(jobId, "jobId");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(allowance, "allowance");
    roles = roles == null ? Set.of() : Set.copyOf(roles);
    licenses = licenses == null ? List.of() : List.copyOf(licenses);
    fill = fill == null ? Map.of() : Map.copyOf(fill);
  }
}
