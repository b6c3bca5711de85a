package io.muster.bulkingest.instances;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Who this process is among the instances: a new one at every start. */
@ApplicationScoped
public class ThisInstance {
  private final UUID id = UUID.randomUUID();

  public UUID id() {
    return id;
  }
}
