package io.muster.chassis.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A problem document, RFC 9457.
 *
 * @param code a word of {@code RequestCode} or {@code RowCode}
 * @param title the same for every occurrence of the code
 * @param status the HTTP status
 * @param detail what happened here and what to do; null when the title says it all
 * @param field the parameter or column to blame; null when none is
 * @param more further members; never null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(value = "type", allowGetters = true)
public record Problem(
    String code,
    String title,
    int status,
    String detail,
    String field,
    @JsonIgnore Map<String, Object> more) {
  /** RFC 9457, section 3. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A member that becomes the header Retry-After, in seconds. */
  public static final String RETRY_AFTER = "retryAfter";

  public Problem {
    more = more == null ? new LinkedHashMap<>() : new LinkedHashMap<>(more);
  }

  /** Where the code is explained. */
  @JsonProperty("type")
  public String type() {
    return code == null
        ? "about:blank"
        : "https://muster.io/docs/errors.md#" + code.toLowerCase(Locale.ROOT);
  }

  @JsonAnyGetter
  Map<String, Object> members() {
    return more;
  }

  @JsonAnySetter
  void member(String name, Object value) {
    more.put(name, value);
  }
}
