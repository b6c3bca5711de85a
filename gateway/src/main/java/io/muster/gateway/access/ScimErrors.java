package io.muster.gateway.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.Problem;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import java.util.Map;

/**
 * Problems as SCIM tells errors (RFC 7644, section 3.12): what every other call answers as a
 * problem document leaves {@code /scim} in these words.
 */
public final class ScimErrors {
  public static final String MEDIA_TYPE = "application/scim+json";

  /** Where the calls are that speak so. */
  public static final String PATH = "/scim/v2";

  private static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

  /** A member of a problem that is SCIM's own word for it. */
  private static final String SCIM_TYPE = "scimType";

  private static final int UNPROCESSABLE = 422;

  /** Codes that have a word in SCIM; the others have a status alone. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("USER_ALREADY_EXISTS", "uniqueness"),
          Map.entry("IMMUTABLE", "mutability"),
          Map.entry("INVALID_USER_PRINCIPAL_NAME", "invalidValue"),
          Map.entry("INVALID_VALUE", "invalidValue"),
          Map.entry("MISSING_VALUE", "invalidValue"),
          Map.entry("PASSWORD_TOO_WEAK", "invalidValue"),
          Map.entry("UNSUPPORTED_PASSWORD_HASH", "invalidValue"),
          Map.entry("UNKNOWN_SUBSCRIPTION", "invalidValue"));

  private ScimErrors() {}

  /**
   * A refusal in SCIM's words.
   *
   * @param scimType a word of RFC 7644, table 9, or of RFC 9865
   * @param detail one sentence with cause and cure
   */
  public static RequestRefused refused(String scimType, String detail) {
    return RequestRefused.because(RequestCode.INVALID_REQUEST, detail).with(SCIM_TYPE, scimType);
  }

  /** A refusal that has a status alone, 412 for example. */
  public static RequestRefused refused(int status, String title, String detail) {
    return RequestRefused.passedOn(
        new Problem(RequestCode.INVALID_REQUEST.name(), title, status, detail, null, Map.of()));
  }

  /** SCIM has no 422. */
  public static int status(Problem problem) {
    boolean tooLarge = RequestCode.TOO_LARGE.name().equals(problem.code());
    return problem.status() == UNPROCESSABLE ? (tooLarge ? 413 : 400) : problem.status();
  }

  /** The error's JSON. */
  public static ObjectNode json(Problem problem) {
    ObjectNode error = JsonNodeFactory.instance.objectNode();
    error.putArray("schemas").add(SCHEMA);
    Object type = problem.more().getOrDefault(SCIM_TYPE, TYPES.get(String.valueOf(problem.code())));
    if (type != null) {
      error.put(SCIM_TYPE, type.toString());
    }
    String detail = problem.detail() == null ? problem.title() : problem.detail();
    Object job = problem.more().get("job");
    error.put("detail", job == null ? detail : detail + " (job " + job + ")");
    error.put("status", Integer.toString(status(problem)));
    return error;
  }
}
