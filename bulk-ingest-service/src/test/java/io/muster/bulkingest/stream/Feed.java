package io.muster.bulkingest.stream;

import io.muster.bulkingest.spool.Column;
import io.muster.bulkingest.spool.SpooledRow;
import io.muster.bulkingest.stream.AppendingRows.Place;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.command.Operation;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Appends rows as a feed does: in a transaction of its own, and tells after the commit. */
public final class Feed {
  private final AppendingRows appending;
  private final TenantScope tenants;
  private final String tenant;

  public Feed(AppendingRows appending, TenantScope tenants, String tenant) {
    this.appending = appending;
    this.tenants = tenants;
    this.tenant = tenant;
  }

  public static LocalDate today() {
    return LocalDate.now(ZoneOffset.UTC);
  }

  /** Hires of these people, who are given no password. */
  public List<Place> hires(LocalDate day, String... names) {
    return append(day, Arrays.stream(names).map(name -> hire(name).withoutGenerating()).toList());
  }

  public List<Place> append(LocalDate day, List<SpooledRow> rows) {
    List<Place> places =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  tenants.enter(tenant);
                  return appending.append(tenant, day, rows);
                });
    UUID job = places.get(0).jobId();
    appending.tell(tenant, job);
    return places;
  }

  public static SpooledRow hire(String name) {
    return row(Operation.ENABLE, name).creating();
  }

  public static SpooledRow row(Operation operation, String name) {
    String[] cells = new String[Column.all().size()];
    cells[Column.USER_PRINCIPAL_NAME.ordinal()] = name + "@x.com";
    cells[Column.DISPLAY_NAME.ordinal()] = "User " + name;
    return new SpooledRow(1, operation, cells, cells, false, null, List.of(), null);
  }
}
