package io.muster.localstack.service;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the processes that a service runs as. All of a service's share its database, its Kafka
 * login and the stack's folder; each has its own port, settings and log.
 *
 * @param number 1 for the first
 */
public record ServiceInstance(StackService service, int number) {

  /** So many of each service, those of one service one after the other. */
  public static List<ServiceInstance> ofEach(int instances) {
    List<ServiceInstance> all = new ArrayList<>();
    for (StackService service : StackService.values()) {
      for (int number = 1; number <= instances; number++) {
        all.add(new ServiceInstance(service, number));
      }
    }
    return all;
  }

  /** {@code user-service} for the first, then {@code user-service-2} and so on. */
  public String name() {
    return number == 1 ? service.serviceName() : service.serviceName() + "-" + number;
  }
}
