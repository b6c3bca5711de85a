package io.muster.gateway.scim.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.job.RequestCode;
import io.muster.gateway.directory.ReadingUsers;
import io.muster.gateway.scim.write.WritingOrders;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Creates, changes and removes one user, and shows it as it is afterwards. */
@ApplicationScoped
public class ProvisioningUsers {
  private final ReadingUsers users;
  private final ShowingUsers showing;
  private final WritingOrders writing;
  private final UserNames names;

  ProvisioningUsers(
      ReadingUsers users, ShowingUsers showing, WritingOrders writing, UserNames names) {
    this.names = names;
    this.users = users;
    this.showing = showing;
    this.writing = writing;
  }

  /**
   * Who asks, and how.
   *
   * @param base what addresses begin with
   * @param ifMatch the header; null without one
   */
  public record Asking(String base, String bearer, String ifMatch) {}

  /**
   * @throws RequestRefused NOT_FOUND
   */
  public ObjectNode read(String id, Asking asking) {
    return shown(found(id, asking), asking);
  }

  /**
   * @return the user as it is now
   * @throws RequestRefused when it can't be created
   */
  public ObjectNode create(ObjectNode resource, Asking asking) {
    WantedUser wanted = ChangingUsers.created(names.complete(resource), managers(asking));
    writing.write(PlanningOrders.create(wanted), asking.bearer());
    return shown(named(wanted.userName(), asking), asking);
  }

  /** As {@link #create}, of one that is there. */
  public ObjectNode replace(String id, ObjectNode resource, Asking asking) {
    WantedUser wanted = ChangingUsers.replaced(names.complete(resource), managers(asking));
    return changed(matched(id, asking).user(), wanted, asking);
  }

  /** As {@link #replace}. */
  public ObjectNode patch(String id, ObjectNode body, Asking asking) {
    Matched matched = matched(id, asking);
    WantedUser wanted = ChangingUsers.patched(matched.shown(), body, managers(asking));
    return changed(matched.user(), wanted, asking);
  }

  /** Into the recycle bin, where SCIM finds it no more. */
  public void remove(String id, Asking asking) {
    writing.write(PlanningOrders.remove(matched(id, asking).user()), asking.bearer());
  }

  private ObjectNode changed(ObjectNode user, WantedUser wanted, Asking asking) {
    writing.write(PlanningOrders.change(user, wanted), asking.bearer());
    return read(user.path("id").asText(), asking);
  }

  /** Looks those up who are told by id; others are told by name. */
  private Function<String, Optional<String>> managers(Asking asking) {
    return told ->
        ScimJson.isId(told)
            ? users.lookUp("ID", List.of(told), asking.bearer()).stream()
                .findFirst()
                .map(found -> found.path("userPrincipalName").asText())
            : Optional.of(told);
  }

  /** A user of the version that was asked for, and how it is shown. */
  private record Matched(ObjectNode user, ObjectNode shown) {}

  private Matched matched(String id, Asking asking) {
    ObjectNode user = found(id, asking);
    ObjectNode shown = shown(user, asking);
    Versions.require(asking.ifMatch(), shown);
    return new Matched(user, shown);
  }

  private ObjectNode found(String id, Asking asking) {
    return users.lookUp("ID", List.of(id), asking.bearer()).stream()
        .findFirst()
        .orElseThrow(ProvisioningUsers::noSuchUser);
  }

  private ObjectNode named(String userName, Asking asking) {
    return users.lookUp("USER_PRINCIPAL_NAME", List.of(userName), asking.bearer()).stream()
        .findFirst()
        .orElseThrow(ProvisioningUsers::noSuchUser);
  }

  private ObjectNode shown(ObjectNode user, Asking asking) {
    return showing.show(List.of(user), asking.base(), asking.bearer()).get(0);
  }

  private static RequestRefused noSuchUser() {
    return RequestRefused.because(RequestCode.NOT_FOUND, "There is no such user that you may see.");
  }
}
