package io.muster.gateway.scim.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.contracts.command.Operation;
import java.util.List;

/**
 * What one SCIM operation asks for: rows that are all done or none, in this order.
 *
 * @param userName whose they are
 * @param rows none when everything is so already
 */
public record Order(String userName, List<Row> rows) {
  public Order {
    rows = List.copyOf(rows);
  }

  /**
   * @param fields as single calls have them
   */
  public record Row(Operation operation, ObjectNode fields) {}

  /** As bulk-ingest-service takes it; SCIM never has a password made. */
  ObjectNode json() {
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    ArrayNode list = order.putArray("rows");
    for (Row row : rows) {
      ObjectNode fields = row.fields().deepCopy().put("userPrincipalName", userName);
      list.addObject()
          .put("operation", row.operation().word())
          .put("generate", false)
          .set("fields", fields);
    }
    return order;
  }
}
