package io.muster.cli.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.cli.CommandFailed;
import io.muster.contracts.job.JobState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the client shows of a job; the document itself is passed on as it came. Times are ISO 8601
 * as written, null before they are.
 *
 * @param operations rows by operation, by name
 * @param state null when it is a word of a newer service
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Job(
    String id,
    String operation,
    Map<String, Long> operations,
    JobState state,
    Reason stateReason,
    String source,
    boolean dryRun,
    String parent,
    String submittedBy,
    String submittedAt,
    String startAt,
    String startedAt,
    String finishedAt,
    File file,
    Rows rows,
    double rowsPerSecond,
    String expectedDuration,
    String expectedFinish,
    List<Notice> notices,
    List<Failures> failures) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
          .defaultPropertyInclusion(JsonInclude.Value.empty())
          .build();

  /** Why a job is PAUSED. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Reason(String code, String detail) {}

  /** The uploaded file. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record File(
      String name, long bytes, String encoding, String delimiter, List<String> unknownColumns) {
    public File {
      unknownColumns = unknownColumns == null ? List.of() : List.copyOf(unknownColumns);
    }
  }

  /** The counts; {@code total} is the sum of the others. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Rows(
      long total, long pending, long inFlight, long succeeded, long failed, long cancelled) {
    /** Rows that came to an end. */
    public long ended() {
      return succeeded + failed + cancelled;
    }
  }

  /** Something to know though no row failed for it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Notice(String code, long rows, String message) {}

  /** Failed rows of one code, and what to do about them. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Failures(String code, long rows, String remedy) {}

  public Job {
    Objects.requireNonNull(id, "id");
    operations = operations == null ? Map.of() : new TreeMap<>(operations);
    rows = rows == null ? new Rows(0, 0, 0, 0, 0, 0) : rows;
    notices = notices == null ? List.of() : List.copyOf(notices);
    failures = failures == null ? List.of() : List.copyOf(failures);
  }

  /** Reads the service's document. */
  public static Job of(JsonNode document) {
    try {
      return JSON.treeToValue(document, Job.class);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw CommandFailed.unreachable("The service answers, but not with a job.", e);
    }
  }

  /** Nothing changes any more. */
  public boolean isFinal() {
    return state != null && state.isFinal();
  }

  public boolean isPaused() {
    return state == JobState.PAUSED;
  }

  /** The name of its file, or where it comes from. */
  public String origin() {
    return file != null && file.name() != null ? file.name() : source;
  }
}
