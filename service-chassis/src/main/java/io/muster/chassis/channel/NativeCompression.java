package io.muster.chassis.channel;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import net.jpountz.util.Native;
import org.jboss.logging.Logger;

/**
 * Lets Kafka's client compress with the native lz4 that it brings. By itself it takes it only where
 * the library is on the system's class path, which in Quarkus it never is; elsewhere it falls back
 * to plain Java, several times as dear for each byte on the bus. Once loaded, the library is what
 * {@code LZ4Factory.fastestInstance()} gives to everybody.
 */
@ApplicationScoped
public class NativeCompression {
  private static final Logger LOG = Logger.getLogger(NativeCompression.class);

  /**
   * Before the channels are wired; where there is no such library, the slower one does the same.
   */
  void onStart(@Observes @Priority(1) StartupEvent starting) {
    try {
      Native.load();
    } catch (LinkageError | UnsupportedOperationException e) {
      LOG.infof("Kafka's messages are compressed in plain Java (%s)", e);
    }
  }
}
