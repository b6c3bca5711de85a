package io.muster.user.audit.refused;

import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A call that the gateway refused at the door.
 *
 * @param at when it was tried, the first time if there were several
 * @param call method and route, {@code POST /v1/users/{upn}/enable}: never what stood in it
 * @param code why, a code of API.md
 * @param times how often within a moment
 */
public record RefusedCall(Instant at, String call, String code, int times) {
  private static final Pattern CALL = Pattern.compile("[A-Z]{1,10} [!-~]{1,200}");
  private static final Pattern CODE = Pattern.compile("[A-Z_]{1,64}");

  public RefusedCall {
    Objects.requireNonNull(at, "at");
    if (call == null || !CALL.matcher(call).matches()) {
      throw new IllegalArgumentException("call is a method and a route");
    }
    if (code == null || !CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("code is a code");
    }
    if (times < 1) {
      throw new IllegalArgumentException("times is 1 or more");
    }
  }
}
