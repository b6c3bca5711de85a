package io.muster.localstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.muster.localstack.home.PrivateFiles;
import io.muster.localstack.process.Supervisor;
import io.muster.localstack.process.Supervisor.Supervised;
import io.muster.localstack.service.ServiceDatabases;
import io.muster.localstack.service.StackService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code DIR/local.json}, by which clients, tests and operators find the running stack. */
final class LocalJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final StackLayout layout;

  LocalJson(StackLayout layout) {
    this.layout = layout;
  }

  /** Replaces the file by how things stand now. */
  void write(Supervisor supervisor) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("ready", supervisor.isReady());
    facts.put("url", layout.gatewayUrl());
    facts.put("console", layout.gatewayUrl() + "/console");
    facts.put("kafka", layout.kafka().broker().bootstrapServers());
    facts.put("launcher", Map.of("pid", ProcessHandle.current().pid()));
    facts.put("processes", processes(supervisor));
    facts.put("databases", databases());
    facts.put("auditor", login(ServiceDatabases.AUDITOR));
    try {
      PrivateFiles.replace(layout.folder().localJson(), JSON.writeValueAsString(facts) + "\n");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(layout.folder().localJson());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, Object>> processes(Supervisor supervisor) {
    List<Map<String, Object>> processes = new ArrayList<>();
    for (Supervised one : supervisor.parts()) {
      Map<String, Object> process = new LinkedHashMap<>();
      process.put("name", one.part().name());
      process.put("pid", one.process().pid());
      process.put("port", one.part().port());
      process.put("log", one.part().log().toString());
      processes.add(process);
    }
    return processes;
  }

  private List<Map<String, Object>> databases() {
    List<Map<String, Object>> databases = new ArrayList<>();
    for (StackService service : StackService.values()) {
      Map<String, Object> database = new LinkedHashMap<>();
      database.put("name", service.serviceName());
      database.put("jdbcUrl", layout.postgresql().server().jdbcUrl(service.database()));
      database.putAll(login(service.appRole()));
      databases.add(database);
    }
    return databases;
  }

  private Map<String, Object> login(String role) {
    Map<String, Object> login = new LinkedHashMap<>();
    login.put("username", role);
    login.put("password", layout.secrets().of(role));
    return login;
  }
}
