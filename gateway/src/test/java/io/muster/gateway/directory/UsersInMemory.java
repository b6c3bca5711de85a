package io.muster.gateway.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Users that a test puts here, in place of those that services know. */
public final class UsersInMemory extends ReadingUsers {
  private final List<ObjectNode> users = new ArrayList<>();
  private int lookUps;

  public UsersInMemory(ObjectNode... users) {
    super(null, null, null, null);
    this.users.addAll(List.of(users));
  }

  @Override
  public List<ObjectNode> lookUp(String by, Collection<String> values, String bearer) {
    if (values.isEmpty()) {
      return List.of();
    }
    lookUps++;
    String field = by.equals("ID") ? "id" : "userPrincipalName";
    return users.stream().filter(user -> values.contains(user.path(field).asText())).toList();
  }

  /** How often a service would have been asked. */
  public int lookUps() {
    return lookUps;
  }
}
