package io.muster.user.account;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.muster.chassis.csv.SafeCell;
import io.muster.contracts.command.AccountProperty;
import io.muster.user.account.ListingAccounts.Wanted;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The address list as a file: the same columns always, named as an upload names them where it has
 * them. Written page by page while it is sent.
 */
@ApplicationScoped
class AccountsCsv {
  private static final int PAGE = 1_000;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final Map<AccountProperty, Function<Account, String>> PROPERTIES =
      Map.ofEntries(
          Map.entry(AccountProperty.DISPLAY_NAME, a -> a.displayName),
          Map.entry(AccountProperty.FIRST_NAME, a -> a.firstName),
          Map.entry(AccountProperty.LAST_NAME, a -> a.lastName),
          Map.entry(AccountProperty.JOB_TITLE, a -> a.jobTitle),
          Map.entry(AccountProperty.DEPARTMENT, a -> a.department),
          Map.entry(AccountProperty.OFFICE, a -> a.office),
          Map.entry(AccountProperty.OFFICE_PHONE, a -> a.officePhone),
          Map.entry(AccountProperty.MOBILE_PHONE, a -> a.mobilePhone),
          Map.entry(AccountProperty.FAX, a -> a.fax),
          Map.entry(AccountProperty.ALTERNATE_EMAIL, a -> a.alternateEmail),
          Map.entry(AccountProperty.STREET_ADDRESS, a -> a.streetAddress),
          Map.entry(AccountProperty.CITY, a -> a.city),
          Map.entry(AccountProperty.STATE_OR_PROVINCE, a -> a.stateOrProvince),
          Map.entry(AccountProperty.POSTAL_CODE, a -> a.postalCode),
          Map.entry(AccountProperty.COUNTRY, a -> a.country),
          Map.entry(AccountProperty.USAGE_LOCATION, a -> a.usageLocation),
          Map.entry(AccountProperty.EMPLOYEE_ID, a -> a.employeeId),
          Map.entry(AccountProperty.MANAGER, a -> a.manager),
          Map.entry(AccountProperty.UNIT, a -> a.unit));

  private final ListingAccounts accounts;

  AccountsCsv(ListingAccounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Blocks until all is written.
   *
   * @param wanted its limit doesn't count
   * @throws IOException when the client went away
   */
  void write(Sight sight, Wanted wanted, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    text.write(BYTE_ORDER_MARK);
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
    csv.writeRecord(header());
    Wanted page = wanted.from(wanted.after(), PAGE);
    List<Account> found;
    do {
      found = accounts.list(sight, page);
      for (Account account : found) {
        csv.writeRecord(cells(account));
      }
      if (!found.isEmpty()) {
        page = page.from(AccountCursor.after(found.get(found.size() - 1)), PAGE);
      }
    } while (found.size() == PAGE);
    csv.flush();
  }

  /** A blocked account is one that isn't active: so an upload says it. */
  private static List<String> header() {
    return Stream.of(
            Stream.of("UserPrincipalName"),
            AccountProperty.inFiles().stream().map(AccountProperty::column),
            Stream.of(
                "State",
                "BlockSignIn",
                "Credential",
                "MustChangePassword",
                "Protected",
                "CreatedAt",
                "UpdatedAt",
                "PurgeAt"))
        .flatMap(Function.identity())
        .toList();
  }

  private static List<String> cells(Account account) {
    List<String> cells = new ArrayList<>();
    cells.add(SafeCell.of(account.userPrincipalName));
    for (AccountProperty property : AccountProperty.inFiles()) {
      cells.add(SafeCell.of(PROPERTIES.get(property).apply(account)));
    }
    cells.add(account.state);
    cells.add(yesNo(!account.state.equals("ACTIVE")));
    cells.add(account.credential);
    cells.add(yesNo(account.mustChangePassword));
    cells.add(yesNo(account.isProtected));
    cells.add(time(account.createdAt));
    cells.add(time(account.updatedAt));
    cells.add(time(account.purgeAt));
    return cells;
  }

  private static String yesNo(boolean value) {
    return value ? "Yes" : "No";
  }

  private static String time(Instant time) {
    return time == null ? "" : time.toString();
  }
}
