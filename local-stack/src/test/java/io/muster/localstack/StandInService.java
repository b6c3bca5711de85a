package io.muster.localstack;

import com.sun.net.httpserver.HttpServer;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A process where a service will be: reads its settings as a service does and says that it is well.
 * local-stack is built before the services, so its own tests run without them.
 */
public final class StandInService {
  private StandInService() {}

  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    Path file = Path.of(URI.create(System.getProperty("quarkus.config.locations")));
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
    }
    int port = Integer.parseInt(settings.getProperty("quarkus.http.port"));
    // As a native library that is unpacked to be loaded, and stays when the process is killed.
    Files.createTempFile("unpacked", ".so");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /** Lays a runnable jar of it where a service's would be. */
  static void layOut(Path services, String service) throws Exception {
    Path jar = services.resolve(Path.of(service, "target", "quarkus-app", "quarkus-run.jar"));
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
    attributes.put(
        Attributes.Name.CLASS_PATH,
        StandInService.class.getProtectionDomain().getCodeSource().getLocation().toString());
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }
}
