package io.muster.bulkingest.orders;

import io.muster.bulkingest.admission.AdmittingARow;
import io.muster.bulkingest.spool.RowRefusal;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.tenants.CheckingQuotas;
import io.muster.bulkingest.upload.PasswordSeal;
import io.muster.bulkingest.upload.RowRules;
import io.muster.bulkingest.upload.rule.AllowedDomains;
import io.muster.chassis.problem.RequestRefused;
import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Actor;
import io.muster.contracts.command.Operation;
import io.muster.contracts.result.RowCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Judges the rows of orders by the rules of files. */
@ApplicationScoped
class JudgingOrders {
  private static final String EXTERNAL_ID = AccountProperty.EXTERNAL_ID.field();

  private final CheckingQuotas quotas;
  private final RowRules rules;
  private final PasswordSeal.ForTenant seals;

  JudgingOrders(CheckingQuotas quotas, RowRules rules, PasswordSeal.ForTenant seals) {
    this.quotas = quotas;
    this.rules = rules;
    this.seals = seals;
  }

  /**
   * @param mostRefused looks at no order behind so many refused ones; 0 looks at all
   * @throws RequestRefused for what no order should be like, and when the tenant may begin nothing
   *     new
   */
  JudgedOrders judge(List<Order> orders, int mostRefused, String tenant, Actor actor) {
    AllowedDomains domains = quotas.ofSingleCall(tenant);
    PasswordSeal seal = seals.of(tenant);
    JudgedOrders judged = new JudgedOrders();
    for (Order order : orders) {
      if (mostRefused > 0 && judged.refused().size() >= mostRefused) {
        break;
      }
      List<SpooledRow> rows = new ArrayList<>();
      for (Order.Row row : order.rows()) {
        rows.add(judge(judged.rows().size() + rows.size() + 1L, row, actor, domains, seal));
      }
      judged.add(rows);
    }
    return judged;
  }

  private SpooledRow judge(
      long number, Order.Row row, Actor actor, AllowedDomains domains, PasswordSeal seal) {
    Operation operation =
        Operation.of(row.operation())
            .orElseThrow(
                () -> RequestRefused.invalid("operation", "Each row says one of the operations."));
    Map<String, Object> fields = new HashMap<>(row.fields());
    Object externalId = fields.remove(EXTERNAL_ID);
    SpooledRow judged =
        rules.judge(
            number,
            AdmittingARow.cells(fields),
            new RowRules.Asked(operation, actor.roles(), List.of(), domains, seal));
    if (externalId != null) {
      judged = withExternalId(judged, String.valueOf(externalId));
    }
    return row.generate() ? judged : judged.withoutGenerating();
  }

  private static SpooledRow withExternalId(SpooledRow row, String id) {
    boolean counts = row.operation() == Operation.ADD || row.operation() == Operation.SET;
    if (!counts) {
      throw RequestRefused.invalid(EXTERNAL_ID, "externalId is for add and set alone.");
    }
    boolean fits =
        id.codePointCount(0, id.length()) <= AccountProperty.EXTERNAL_ID.maxLength()
            && id.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    if (fits || row.isRefused()) {
      return fits ? row.withExternalId(id) : row;
    }
    return row.refused(
        new RowRefusal(
            RowCode.INVALID_VALUE,
            "externalId is a text of "
                + AccountProperty.EXTERNAL_ID.maxLength()
                + " characters at most, without control characters.",
            null));
  }
}
