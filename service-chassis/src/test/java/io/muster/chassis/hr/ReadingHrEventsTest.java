package io.muster.chassis.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.contracts.hr.DeadReason;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.hr.HrEventType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HR's events are taken exactly as the schema says, and refused with the field to blame. */
class ReadingHrEventsTest {
  private final ReadingHrEvents reading = new ReadingHrEvents();

  @ParameterizedTest
  @EnumSource
  void theExampleOfEachTypeIsReadAndWrittenWhole(HrEventType type) throws Exception {
    HrEvent event = reading.structured(example(type));

    assertThat(event.kind()).isEqualTo(type);
    assertThat(event.key()).isEqualTo("contoso/10042");
    assertThat(event.data().startDate()).isEqualTo(LocalDate.of(2024, 1, 15));
    assertThat(event.data().licenses()).containsExactly("E3");
    assertThat(event.data().role()).isNull();
    assertThat(reading.structured(ReadingHrEvents.write(event))).isEqualTo(event);
  }

  @Test
  void binaryModeSaysTheSameInHeaders() throws Exception {
    HrEvent event =
        reading.binary(
            Map.of(
                "specversion", "1.0",
                "id", "1",
                "source", "/hr",
                "type", "io.muster.hr.left",
                "time", "2024-01-08T10:00:00+02:00",
                "someextension", "7"),
            bytes("{'tenant':'t','employeeId':'1'}"));

    assertThat(event.kind()).isEqualTo(HrEventType.LEFT);
    assertThat(event.time()).isEqualTo(Instant.parse("2024-01-08T08:00:00Z"));
    assertThat(event.data().licenses()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'specversion':'1.0'           | 'specversion':'0.3'                  | specversion
          'id':'1',                     |                                      | id
          'id':'1'                      | 'id':''                              | id
          'id':'1'                      | 'id':7                               | id
          'source':'/hr',               |                                      | source
          'type':'io.muster.hr.hired'   | 'type':'io.muster.hr.fired'          | type
          'time':'2024-01-08T08:00:00Z' | 'time':'yesterday'                   | time
          'time':'2024-01-08T08:00:00Z' | 'time':'2024-01-08'                  | time
          'tenant':'t'                  | 'tenant':'T'                         | data.tenant
          'tenant':'t'                  | 'tenant':'t,u'                       | data.tenant
          'tenant':'t',                 |                                      | data.tenant
          'employeeId':'9',             |                                      | data.employeeId
          'employeeId':'9'              | 'employeeId':' 9'                    | data.employeeId
          'employeeId':'9'              | 'employeeId':'9\\u0000'              | data.employeeId
          'employeeId':'9'              | 'employeeId':'9\\n'                  | data.employeeId
          'lastName':'Green'            | 'lastName':'   '                     | data.lastName
          'lastName':'Green'            | 'middleName':'G'                     | data.lastName
          'lastName':'Green'            | 'lastName':'G','startDate':'1.2.24'  | data.startDate
          'lastName':'Green'            | 'lastName':'G','startDate':'2024-02-30' | data.startDate
          'lastName':'Green'            | 'lastName':'G','licenses':'E3'       | data.licenses
          'lastName':'Green'            | 'lastName':'G','licenses':['E3;E5']  | data.licenses.0
          'lastName':'Green'            | 'lastName':'G','sequence':-1         | data.sequence
          'lastName':'Green'            | 'lastName':'G','sequence':'2'        | data.sequence
          'lastName':'Green'            | 'lastName':'G','sequence':99999999999999999999 | data.sequence
          'lastName':'Green'            | 'lastName':'G\\ud800'                |
          """,
      quoteCharacter = '"')
  void whatBreaksTheSchemaIsRefusedWithTheFieldToBlame(String part, String instead, String field) {
    String json = GOOD.replace(part, instead == null ? "" : instead);
    assertThat(json).isNotEqualTo(GOOD);

    UnfitEvent unfit =
        catchThrowableOfType(UnfitEvent.class, () -> reading.structured(bytes(json)));

    assertThat(unfit.reason()).isEqualTo(DeadReason.BREAKS_THE_SCHEMA);
    assertThat(unfit.field()).isEqualTo(field);
    assertThat(unfit).message().isNotBlank().doesNotContain("yesterday", "30", "1.2.24");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "7", "{} {}", "{'id':'1','id':'2'}"})
  void whatIsNoJsonObjectIsRefused(String json) {
    UnfitEvent unfit =
        catchThrowableOfType(UnfitEvent.class, () -> reading.structured(bytes(json)));

    assertThat(unfit.reason()).isEqualTo(DeadReason.NOT_JSON);
    assertThat(unfit.known().isNamed()).isFalse();
  }

  @Test
  void whatIsBrokenIsStillKnownByName() {
    String json = GOOD.replace("'lastName':'Green'", "'lastName':7");

    UnfitEvent unfit =
        catchThrowableOfType(UnfitEvent.class, () -> reading.structured(bytes(json)));

    assertThat(unfit.known())
        .isEqualTo(new UnfitEvent.KnownOfIt("t", "/hr", "1", "io.muster.hr.hired", "9"));
  }

  @Test
  void anEventThatIsTooLargeIsRefused() {
    String json = GOOD.replace("'lastName'", "'x':'" + "x".repeat(70_000) + "','lastName'");

    UnfitEvent unfit =
        catchThrowableOfType(UnfitEvent.class, () -> reading.structured(bytes(json)));

    assertThat(unfit.reason()).isEqualTo(DeadReason.NOT_JSON);
  }

  @Test
  void unknownFieldsAreIgnored() throws Exception {
    HrEvent event =
        reading.structured(bytes(GOOD.replace("'lastName'", "'salary':{'eur':1},'lastName'")));

    assertThat(event.data().lastName()).isEqualTo("Green");
    assertThat(List.of(event.source(), event.id())).containsExactly("/hr", "1");
  }

  private static final String GOOD =
      "{'specversion':'1.0','id':'1','source':'/hr','type':'io.muster.hr.hired','time':'2024-01-08T08:00:00Z',"
          + "'data':{'tenant':'t','employeeId':'9','lastName':'Green'}}";

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] example(HrEventType type) throws IOException {
    String name = "/examples/hr-" + type.name().toLowerCase(java.util.Locale.ROOT) + ".json";
    try (InputStream json = HrEvent.class.getResourceAsStream(name)) {
      return json.readAllBytes();
    }
  }
}
