package io.muster.inbox.batch;

import io.muster.contracts.command.CommandId;
import io.muster.contracts.command.Part;
import io.muster.contracts.topic.Topic;
import io.muster.contracts.topic.Topics;
import io.muster.inbox.CommandType;
import java.util.Collection;
import java.util.List;
import java.util.Set;

public final class Orders implements CommandType<Order> {
  public static final Topic<Order> TOPIC =
      new Topic<>("orders", 4, Order.class, Topics.USER_COMMANDS.keeping());

  @Override
  public Topic<Order> topic() {
    return TOPIC;
  }

  @Override
  public Part part() {
    return Part.USER;
  }

  @Override
  public String tenant(Order order) {
    return order.tenant();
  }

  @Override
  public CommandId id(Order order) {
    return new CommandId(order.jobId(), order.row());
  }

  @Override
  public CommandId undoes(Order order) {
    return order.undoes();
  }

  @Override
  public Set<Part> parts(Order order) {
    return Set.of(Part.USER);
  }

  @Override
  public Collection<?> contentionKeys(Order order) {
    String user = order.tenant() + "/user/" + order.user();
    return order.badge() == null
        ? List.of(user)
        : List.of(user, badgeKey(order.tenant(), order.badge()));
  }

  public static Object badgeKey(String tenant, String badge) {
    return tenant + "/badge/" + badge;
  }
}
