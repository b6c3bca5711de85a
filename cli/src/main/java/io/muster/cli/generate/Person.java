package io.muster.cli.generate;

import java.util.Locale;

/**
 * One made-up user. What isn't asked for isn't made.
 *
 * @param number from 0
 * @param suffix what tells namesakes apart in the user principal name; empty for the first
 * @param dice random bits of this person, the same every time
 */
record Person(
    long number, long seed, Culture culture, Name given, Name family, String suffix, long dice) {
  private static final String[] DEPARTMENTS = {
    "Information Technology", "Finance", "Human Resources", "Sales", "Marketing", "Operations",
    "Research & Development", "Legal", "Customer Care", "Logistics", "Retail, Stores", "Facilities"
  };
  private static final String[] TITLES = {
    "Engineer",
    "Accountant",
    "Recruiter",
    "Sales Representative",
    "Designer",
    "Shift Lead",
    "Scientist",
    "Counsel",
    "Support Agent",
    "Driver",
    "Store Manager",
    "Technician",
    "Analyst",
    "Vice President, Sales",
    "Nurse",
    "Teacher",
    "Architect",
    "Buyer",
    "\"Happiness\" Manager",
    "Team Assistant"
  };

  /** One in so many keeps the native letters in the user principal name. */
  private static final int NATIVE_LETTERS_ONE_IN = 8;

  /** No look-alikes; 16 of 54 are 92 bits, in groups that a person can read. */
  private static final String PASSWORD_LETTERS =
      "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ2345679";

  private static final int PASSWORD_GROUPS = 4;

  String userPrincipalName(String domain) {
    boolean own = roll(0, NATIVE_LETTERS_ONE_IN) == 0;
    return own
        ? given.letters() + '.' + family.letters() + suffix + '@' + domain
        : given.ascii() + '.' + family.ascii() + suffix + '@' + domain;
  }

  String displayName() {
    return culture.displayName(given, family);
  }

  String department() {
    return DEPARTMENTS[roll(1, DEPARTMENTS.length)];
  }

  String jobTitle() {
    return TITLES[roll(2, TITLES.length)];
  }

  /** Another title than before: what a {@code set} changes. */
  String promotedTo() {
    return "Senior " + jobTitle().toLowerCase(Locale.ROOT);
  }

  String city() {
    return culture.cities().get(roll(3, culture.cities().size()));
  }

  /** Building and room. */
  String office() {
    return (char) ('A' + roll(4, 8)) + "-" + (100 + roll(5, 900));
  }

  String officePhone() {
    return culture.dialling() + " 555 " + (1000 + roll(6, 9000));
  }

  /** Unique among people of all seeds, since a tenant takes an employee id once. */
  String employeeId() {
    String id = "E" + (100_001 + number);
    return seed == People.DEFAULT_SEED ? id : id + "-" + seed;
  }

  /** Passes the password policy. */
  String password() {
    StringBuilder password = new StringBuilder(PASSWORD_GROUPS * 5);
    for (int group = 0; group < PASSWORD_GROUPS; group++) {
      long bits = Shuffle.hash(dice + 1000 + group) >>> 1;
      for (int i = 0; i < 4; i++) {
        password.append(PASSWORD_LETTERS.charAt((int) (bits % PASSWORD_LETTERS.length())));
        bits /= PASSWORD_LETTERS.length();
      }
      password.append(group < PASSWORD_GROUPS - 1 ? "-" : "");
    }
    return password.toString();
  }

  private int roll(int which, int sides) {
    return (int) (((Shuffle.hash(dice + which) >>> 32) * sides) >>> 32);
  }
}
