package io.muster.inbox.once;

import io.muster.chassis.setwise.ColumnArrays;
import io.muster.contracts.result.RowCode;
import io.muster.inbox.CommandHandler;
import io.muster.inbox.InboxDatabase;
import io.muster.inbox.Outcome;
import io.muster.inbox.batch.Order;
import io.muster.inbox.batch.Orders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What orders do, twice: set-wise on a table, as a service does it, and one by one in memory, as it
 * is meant.
 */
final class People implements CommandHandler<Order> {
  static final Outcome THERE = Outcome.rejected(RowCode.USER_ALREADY_EXISTS);
  static final Outcome BADGE_TAKEN = Outcome.rejected(RowCode.INVALID_VALUE, "badge");
  static final Outcome NOBODY = Outcome.rejected(RowCode.USER_NOT_FOUND);

  private static final String ADD =
      """
      INSERT INTO person (tenant_id, name, badge)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[])
      ON CONFLICT DO NOTHING RETURNING name
      """;
  private static final String REMOVE =
      """
      DELETE FROM person p USING unnest(?::text[], ?::text[]) AS a (tenant_id, name)
      WHERE p.tenant_id = a.tenant_id AND p.name = a.name RETURNING p.name
      """;
  private static final String COUNT =
      """
      UPDATE person p SET counted = counted + 1
      FROM unnest(?::text[], ?::text[]) AS a (tenant_id, name)
      WHERE p.tenant_id = a.tenant_id AND p.name = a.name RETURNING p.name
      """;

  private final InboxDatabase database;
  final AtomicInteger applied = new AtomicInteger();

  People(InboxDatabase database) {
    this.database = database;
    database.asSuperuser(
        """
        CREATE TABLE IF NOT EXISTS person (
            tenant_id text, name text, badge text, counted int NOT NULL DEFAULT 0,
            PRIMARY KEY (tenant_id, name), UNIQUE (tenant_id, badge));
        GRANT ALL ON person TO user_service_app;
        """);
  }

  @Override
  public List<Outcome> apply(List<Order> round) throws SQLException {
    applied.addAndGet(round.size());
    Set<String> added = run(ADD, round, Order.Verb.ADD);
    Set<String> removed = run(REMOVE, round, Order.Verb.REMOVE);
    Set<String> counted = run(COUNT, round, Order.Verb.COUNT);
    Set<String> there = names(round);
    return round.stream()
        .map(
            order ->
                switch (order.verb()) {
                  case ADD ->
                      added.contains(order.user())
                          ? Outcome.applied()
                          : there.contains(order.user()) ? THERE : BADGE_TAKEN;
                  case REMOVE -> removed.contains(order.user()) ? Outcome.applied() : NOBODY;
                  case COUNT -> counted.contains(order.user()) ? Outcome.applied() : NOBODY;
                })
        .toList();
  }

  /** A removal sets a badge free: the one in the table, or one of an earlier order of the batch. */
  @Override
  public List<Collection<?>> hiddenContentionKeys(List<Order> batch) throws SQLException {
    Map<String, Set<Object>> badges = new HashMap<>();
    if (!batch.isEmpty()) {
      badgesInTable(batch.get(0).tenant())
          .forEach((n, b) -> badges.computeIfAbsent(n, x -> new HashSet<>()).add(b));
    }
    batch.stream()
        .filter(o -> o.badge() != null)
        .forEach(
            o ->
                badges
                    .computeIfAbsent(o.user(), x -> new HashSet<>())
                    .add(Orders.badgeKey(o.tenant(), o.badge())));
    List<Collection<?>> keys = new ArrayList<>();
    for (Order order : batch) {
      keys.add(
          order.verb() == Order.Verb.REMOVE
              ? badges.getOrDefault(order.user(), Set.of())
              : Set.of());
    }
    return keys;
  }

  private Map<String, Object> badgesInTable(String tenant) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT name, badge FROM person WHERE tenant_id = ? AND badge IS NOT NULL")) {
      statement.setString(1, tenant);
      Map<String, Object> badges = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          badges.put(rows.getString(1), Orders.badgeKey(tenant, rows.getString(2)));
        }
      }
      return badges;
    }
  }

  private Set<String> run(String sql, List<Order> round, Order.Verb verb) throws SQLException {
    List<Order> orders =
        round.stream()
            .filter(o -> o.verb() == verb)
            .sorted(java.util.Comparator.comparing(Order::user))
            .toList();
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      ColumnArrays<Order> columns =
          new ColumnArrays<>(statement, orders, 1)
              .add("text", Order::tenant)
              .add("text", Order::user);
      if (verb == Order.Verb.ADD) {
        columns.add("text", Order::badge);
      }
      return read(statement);
    }
  }

  private Set<String> names(List<Order> round) throws SQLException {
    return new HashSet<>(table(round.isEmpty() ? "" : round.get(0).tenant()).keySet());
  }

  private static Set<String> read(PreparedStatement statement) throws SQLException {
    Set<String> names = new HashSet<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** Counts by name, as the table has them. */
  Map<String, Integer> table(String tenant) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name, counted FROM person WHERE tenant_id = ?")) {
      statement.setString(1, tenant);
      Map<String, Integer> people = new TreeMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          people.put(rows.getString(1), rows.getInt(2));
        }
      }
      return people;
    }
  }

  /** The same, one by one and in memory; for one tenant. */
  static final class Model {
    final Map<String, Integer> people = new TreeMap<>();
    final Map<Long, Outcome> outcomes = new HashMap<>();
    private final Map<String, String> badges = new HashMap<>();

    /** Does each row once, the first time it comes. */
    Model apply(List<Order> orders) {
      orders.forEach(order -> outcomes.computeIfAbsent(order.row(), row -> apply(order)));
      return this;
    }

    private Outcome apply(Order order) {
      boolean there = people.containsKey(order.user());
      switch (order.verb()) {
        case ADD -> {
          if (there) {
            return THERE;
          }
          if (order.badge() != null && badges.containsValue(order.badge())) {
            return BADGE_TAKEN;
          }
          people.put(order.user(), 0);
          if (order.badge() != null) {
            badges.put(order.user(), order.badge());
          }
        }
        case REMOVE -> {
          if (!there) {
            return NOBODY;
          }
          people.remove(order.user());
          badges.remove(order.user());
        }
        case COUNT -> {
          if (!there) {
            return NOBODY;
          }
          people.merge(order.user(), 1, Integer::sum);
        }
      }
      return Outcome.applied();
    }
  }
}
