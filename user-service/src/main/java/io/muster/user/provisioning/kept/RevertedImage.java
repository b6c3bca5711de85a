package io.muster.user.provisioning.kept;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Stamp;
import io.muster.user.provisioning.changing.PropertySet;
import io.muster.user.provisioning.signin.SignIn;
import java.util.EnumMap;
import java.util.Map;

/**
 * An account as an undo row left it: what the audit shows, and whose images it brought back, so
 * that the undo of an older row knows that only its own effect is left.
 *
 * @param signIn null where the row wasn't about it
 * @param properties null where the row wasn't about them
 * @param reverts what was taken back
 * @param from whose images stand there now, by facet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RevertedImage(
    @JsonUnwrapped SignIn signIn,
    @JsonUnwrapped PropertySet properties,
    CommandId reverts,
    Map<Facet, Stamp> from) {
  public RevertedImage {
    from = from.isEmpty() ? Map.of() : new EnumMap<>(from);
  }
}
