package io.muster.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.contracts.command.AccountProperty;
import io.muster.contracts.command.Operation;
import io.muster.contracts.command.UserPrincipalName;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PeopleTest {
  private static final String DOMAIN = "contoso.com";

  /** API.md: letters and digits of any script and these. */
  private static final String LOCAL_PART = "[\\p{L}\\p{Nd}!#$%&'*+\\-/=?^_`{|}~.]+";

  @Test
  void a_third_of_a_million_people_share_no_user_principal_name_and_no_employee_id() {
    Set<String> names = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (long seed : new long[] {1, 2, 77}) {
      People people = new People(seed);
      for (int i = 0; i < 110_000; i++) {
        Person person = people.person(i);
        String upn = person.userPrincipalName(DOMAIN);
        assertThat(names.add(UserPrincipalName.keyOf(upn))).as(upn).isTrue();
        assertThat(ids.add(person.employeeId())).as(person.employeeId()).isTrue();
      }
    }
  }

  @Test
  void native_and_latin_spellings_of_all_names_never_meet() {
    Set<String> seen = new HashSet<>();
    for (Culture culture : Culture.all()) {
      for (Name given : culture.given()) {
        for (Name family : culture.family()) {
          String latin = given.ascii() + "." + family.ascii();
          String own = given.letters() + "." + family.letters();
          assertThat(seen.add(latin)).as("twice: " + latin).isTrue();
          assertThat(own.equals(latin) || seen.add(own)).as("twice: " + own).isTrue();
        }
      }
    }
  }

  @Test
  void ten_million_people_are_not_too_many() {
    Person last = new People(1).person(9_999_999);

    assertThat(last.userPrincipalName(DOMAIN).length())
        .isLessThanOrEqualTo(UserPrincipalName.MAX_LENGTH);
    assertThat(last.suffix()).matches("[0-9]{1,3}");
  }

  @Test
  void there_are_many_cultures_and_letters() {
    assertThat(Culture.all()).hasSizeGreaterThanOrEqualTo(15);
    Set<Character.UnicodeScript> scripts = new HashSet<>();
    People people = new People(1);
    for (int i = 0; i < 1000; i++) {
      people
          .person(i)
          .displayName()
          .codePoints()
          .mapToObj(Character.UnicodeScript::of)
          .forEach(scripts::add);
    }
    assertThat(scripts).hasSizeGreaterThan(12);
  }

  @Property(tries = 500)
  void everything_is_valid_for_the_reader(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long seed,
      @ForAll @IntRange(max = 10_000_000) int number) {
    Person person = new People(seed).person(number);
    SampleFile file = SampleFile.of(Operation.ADD, DOMAIN, true, List.of("E3"));
    String[] row = new String[file.headers().size()];
    file.fill(person, row);

    for (AccountProperty property : AccountProperty.inFiles()) {
      int column = file.headers().indexOf(property.column());
      if (column >= 0) {
        assertThat(row[column]).isNotBlank();
        assertThat(row[column].codePointCount(0, row[column].length()))
            .isLessThanOrEqualTo(property.maxLength());
        assertThat(row[column].codePoints()).noneMatch(Character::isISOControl);
      }
    }
    String upn = row[0];
    assertThat(upn.codePointCount(0, upn.length()))
        .isLessThanOrEqualTo(UserPrincipalName.MAX_LENGTH);
    assertThat(upn.substring(0, upn.indexOf('@'))).matches(LOCAL_PART);
    assertThat(Arrays.asList(Locale.getISOCountries()))
        .contains(row[file.headers().indexOf("UsageLocation")]);
    String password = row[file.headers().indexOf("Password")];
    assertThat(password).hasSizeBetween(12, 256);
    assertThat(password.toLowerCase(Locale.ROOT))
        .doesNotContain(upn.substring(0, upn.indexOf('@')));
  }

  @Property(tries = 100)
  void a_shuffle_meets_every_number_once(
      @ForAll @IntRange(min = 1, max = 2000) int size, @ForAll long key) {
    Shuffle shuffle = new Shuffle(size, key);
    Set<Long> met = new HashSet<>();
    for (int i = 0; i < size; i++) {
      met.add(shuffle.at(i));
    }
    assertThat(met).hasSize(size).allMatch(n -> n >= 0 && n < size);
  }
}
