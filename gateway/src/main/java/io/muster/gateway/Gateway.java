package io.muster.gateway;

import io.muster.gateway.access.AddressCheck;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process. */
@QuarkusMain
public final class Gateway {
  private Gateway() {}

  public static void main(String... arguments) {
    // Quarkus reads it with its first class: nothing of ours comes earlier than this.
    System.setProperty(AddressCheck.LEFT_TO_US, "true");
    Quarkus.run(arguments);
  }
}
