package io.muster.contracts.command;

/**
 * Who has a say in a row: the file reader, user-service, license-service. The order is the one in
 * which refusals are shown: the code of FILE before that of USER before that of LICENSE.
 */
public enum Part {
  FILE,
  USER,
  LICENSE
}
