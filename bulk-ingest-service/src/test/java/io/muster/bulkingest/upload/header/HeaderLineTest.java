package io.muster.bulkingest.upload.header;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.bulkingest.spool.Column;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UserPrincipalName                                | USER_PRINCIPAL_NAME",
        "user_principal_name                              | USER_PRINCIPAL_NAME",
        "  User Principal Name *                          | USER_PRINCIPAL_NAME",
        "User name [userPrincipalName] Required           | USER_PRINCIPAL_NAME",
        "Anything at all [userPrincipalName]              | USER_PRINCIPAL_NAME",
        "Email Address [Required]                         | USER_PRINCIPAL_NAME",
        "login                                            | USER_PRINCIPAL_NAME",
        "cognito:username                                 | USER_PRINCIPAL_NAME",
        "Name [displayName] Required                      | DISPLAY_NAME",
        "First Name [Required]                            | FIRST_NAME",
        "Last name Required                               | LAST_NAME",
        "given_name                                       | FIRST_NAME",
        "family_name                                      | LAST_NAME",
        "Initial password [passwordProfile] Required      | PASSWORD",
        "NewPassword                                      | PASSWORD",
        "Block sign in (Yes/No) [accountEnabled] Required | BLOCK_SIGN_IN",
        "Block sign in (Yes/No)                           | BLOCK_SIGN_IN",
        "Office [physicalDeliveryOfficeName]              | OFFICE",
        "Office number                                    | OFFICE",
        "ZIP or postal code                               | POSTAL_CODE",
        "Country or region                                | COUNTRY",
        "State or province [state]                        | STATE_OR_PROVINCE",
        "Alternate email address                          | ALTERNATE_EMAIL",
        "Mobile phone [mobile]                            | MOBILE_PHONE",
        "Change Password at Next Sign-In                  | MUST_CHANGE_PASSWORD",
        "Subscription(s)                                  | LICENSES",
        "SKU                                              | LICENSES",
        "Employee ID                                      | EMPLOYEE_ID",
        "Operation                                        | ACTION",
        "Department [UPLOAD ONLY]                         | DEPARTMENT",
        "Fax [fax]                                        | FAX",
        "Filiale [unit]                                   | UNIT",
        "Second address [alternateEmail] Required         | ALTERNATE_EMAIL",
        "Seats [licenses]                                 | LICENSES",
      })
  void theNamesThatToolsWriteAreKnown(String header, Column column) {
    assertThat(ColumnNames.find(header)).map(ColumnNames.Found::column).contains(column);
  }

  @ParameterizedTest
  @CsvSource({
    "Department [legacy]",
    "accountEnabled",
    "Status [READ ONLY]",
    "Required",
    "Shoe size",
    "[Required]",
    "Next step [action]",
  })
  void othersAreNot(String header) {
    assertThat(ColumnNames.find(header)).isEmpty();
  }

  @Test
  void everyColumnIsKnownByItsCanonicalName() {
    for (Column column : Column.all()) {
      assertThat(ColumnNames.find(column.canonical())).contains(new ColumnNames.Found(column, 0));
    }
  }

  @Test
  void theCanonicalNameWinsThenTheListsOrderThenTheLeft() {
    HeaderLine line =
        HeaderLine.of(
            List.of("login", "Name", "UPN", "User Principal Name", "Full name", "name*", "Shoe"));

    assertThat(line.column(3)).isEqualTo(Column.USER_PRINCIPAL_NAME);
    assertThat(line.column(1)).isEqualTo(Column.DISPLAY_NAME);
    assertThat(line.column(0)).isNull();
    assertThat(line.recognised()).containsExactly("DisplayName", "UserPrincipalName");
    assertThat(line.unknown()).containsExactly("login", "UPN", "Full name", "name*", "Shoe");
  }

  @Test
  void anAliasWinsOverTheNameInBrackets() {
    HeaderLine line = HeaderLine.of(List.of("UPN", "Number [fax]", "Fax number"));

    assertThat(line.column(2)).isEqualTo(Column.FAX);
    assertThat(line.unknown()).containsExactly("Number [fax]");
  }

  @Test
  void oktasLoginIsPreferredToItsEmail() {
    HeaderLine line = HeaderLine.of(List.of("email", "login", "secondEmail", "firstName"));

    assertThat(line.column(1)).isEqualTo(Column.USER_PRINCIPAL_NAME);
    assertThat(line.column(2)).isEqualTo(Column.ALTERNATE_EMAIL);
    assertThat(line.unknown()).containsExactly("email");
  }

  @Test
  void namelessColumnsAndThoseOfFailuresAreNoMatter() {
    HeaderLine line =
        HeaderLine.of(List.of("RowNumber", "UPN", "", " ", "Error Code", "ErrorMessage"));

    assertThat(line.unknown()).isEmpty();
    assertThat(line.size()).isEqualTo(6);
  }
}
