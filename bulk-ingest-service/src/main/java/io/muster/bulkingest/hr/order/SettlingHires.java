package io.muster.bulkingest.hr.order;

import io.muster.bulkingest.hr.account.Answers;
import io.muster.bulkingest.hr.event.SealedEvents;
import io.muster.bulkingest.hr.person.People;
import io.muster.bulkingest.hr.person.People.HireRow;
import io.muster.bulkingest.hr.person.Person;
import io.muster.bulkingest.stream.AppendingRows;
import io.muster.bulkingest.stream.EndedRow;
import io.muster.bulkingest.stream.HearingOfRows;
import io.muster.bulkingest.upload.rule.NameRule;
import io.muster.chassis.tenancy.TenantScope;
import io.muster.contracts.hr.HrEvent;
import io.muster.contracts.result.RowCode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Hears how hires ended: then the account's name is certain, or another one is tried, and what
 * waited for it goes on.
 */
@ApplicationScoped
public class SettlingHires implements HearingOfRows {
  /** user-service's sentence to IMMUTABLE: docs/decisions/0027. */
  private static final Pattern OTHER_NAME = Pattern.compile("is named (\\S+), and");

  private final TenantScope tenants;
  private final Rounds rounds;
  private final People people;
  private final HiringPeople hiring;
  private final DoingWhatWaits waiting;
  private final SealedEvents seals;
  private final AppendingRows appending;

  SettlingHires(
      TenantScope tenants,
      Rounds rounds,
      People people,
      HiringPeople hiring,
      DoingWhatWaits waiting,
      SealedEvents seals,
      AppendingRows appending) {
    this.tenants = tenants;
    this.rounds = rounds;
    this.people = people;
    this.hiring = hiring;
    this.waiting = waiting;
    this.seals = seals;
    this.appending = appending;
  }

  @Override
  public void ended(List<EndedRow> rows) {
    Map<String, List<EndedRow>> byTenant =
        rows.stream()
            .collect(Collectors.groupingBy(EndedRow::tenant, TreeMap::new, Collectors.toList()));
    byTenant.forEach(
        (tenant, theirs) -> {
          Optional<Set<UUID>> settled =
              QuarkusTransaction.requiringNew()
                  .call(
                      () -> {
                        tenants.enter(tenant);
                        return settle(tenant, theirs);
                      });
          settled.ifPresent(
              jobs -> {
                jobs.forEach(job -> appending.tell(tenant, job));
                // All jobs' rows wait here: whoever has to be asked about waits for the sweep.
                waiting.goOnWithoutAsking(tenant);
              });
        });
  }

  /** Empty where these rows were to hire nobody. */
  private Optional<Set<UUID>> settle(String tenant, List<EndedRow> ended) throws SQLException {
    Round round = rounds.begin(tenant, new Answers());
    Map<HireRow, EndedRow> byRow = new LinkedHashMap<>();
    ended.forEach(row -> byRow.put(new HireRow(row.jobId(), row.row()), row));
    List<Person> hires = people.hiredBy(tenant, List.copyOf(byRow.keySet()));
    if (hires.isEmpty()) {
      return Optional.empty();
    }
    round.know(hires, Map.of(), Set.of());
    Map<Person, EndedRow> endOf = new LinkedHashMap<>();
    hires.forEach(person -> endOf.put(person, byRow.get(People.hireRow(person))));
    round.names().lookUp(people, tenant, whoNeedsAnotherName(tenant, endOf));
    endOf.forEach((person, end) -> settleOne(round, person, end));
    return Optional.of(rounds.store(round));
  }

  private List<HrEvent.Data> whoNeedsAnotherName(String tenant, Map<Person, EndedRow> endOf) {
    return endOf.entrySet().stream()
        .filter(each -> each.getValue().code() == RowCode.USER_ALREADY_EXISTS)
        .map(Map.Entry::getKey)
        .map(person -> seals.open(tenant, person.hireEvent(), person.hireSealed()).data())
        .toList();
  }

  private void settleOne(Round round, Person person, EndedRow end) {
    round.personToChange(person.employeeId());
    switch (end.outcome()) {
      case APPLIED -> person.hired();
      case REJECTED -> refused(round, person, end);
      default -> person.cutOff();
    }
  }

  private void refused(Round round, Person person, EndedRow end) {
    String otherName = end.code() == RowCode.IMMUTABLE ? otherName(person, end.detail()) : null;
    if (otherName != null) {
      hiring.hireAgain(round, person, otherName);
    } else if (end.code() == RowCode.USER_ALREADY_EXISTS && round.names().hasDomain()) {
      hiring.hireAgain(round, person, null);
    } else {
      person.refuse();
    }
  }

  private static String otherName(Person person, String sentence) {
    Matcher named = OTHER_NAME.matcher(sentence == null ? "" : sentence);
    String name = named.find() ? named.group(1) : null;
    return name == null || NameRule.fault(name) != null || name.equals(person.name()) ? null : name;
  }
}
