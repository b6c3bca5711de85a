package io.muster.deployment.configuration;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import io.muster.deployment.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Reads the config interfaces as they are written, since a compiled one has lost its Javadoc. What
 * it understands is what is used: defaults, names of one's own, optional values, lists, maps and
 * nested interfaces.
 */
public final class ConfigSources {
  private final List<ConfigKey> keys = new ArrayList<>();
  private final String module;
  private final DocTrees docs;
  private final CompilationUnitTree unit;

  private ConfigSources(String module, DocTrees docs, CompilationUnitTree unit) {
    this.module = module;
    this.docs = docs;
    this.unit = unit;
  }

  /** All keys of a module's config interfaces, by file and then as they are written. */
  public static List<ConfigKey> keysOf(String module) {
    List<Path> files =
        Repository.files(Repository.ROOT.resolve(module).resolve("src/main/java"), ".java").stream()
            .filter(ConfigSources::hasConfig)
            .toList();
    return files.isEmpty() ? List.of() : parse(module, files);
  }

  private static boolean hasConfig(Path file) {
    try {
      return Files.readString(file).contains("@ConfigMapping");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ConfigKey> parse(String module, List<Path> files) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      List<ConfigKey> found = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        ConfigSources source = new ConfigSources(module, DocTrees.instance(task), unit);
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree declared) {
            annotation(declared.getModifiers(), "ConfigMapping")
                .ifPresent(
                    mapping ->
                        source.add(declared, text(mapping, "prefix"), source.about(declared)));
          }
        }
        found.addAll(source.keys);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(ClassTree type, String prefix, String about) {
    for (Tree member : type.getMembers()) {
      if (!(member instanceof MethodTree method)) {
        continue;
      }
      String name =
          annotation(method.getModifiers(), "WithName")
              .map(named -> text(named, "value"))
              .orElseGet(() -> kebab(method.getName().toString()));
      String returned = method.getReturnType().toString();
      String key = prefix + "." + name + (returned.startsWith("Map<") ? ".*" : "");
      String value = returned.replaceAll("^(Optional|List|Map)<(?:.*, *)?(.*)>$", "$2");
      ClassTree nested = nested(type, value);
      if (nested != null) {
        add(nested, key, about);
      } else {
        keys.add(
            new ConfigKey(
                module,
                about,
                key,
                returned,
                annotation(method.getModifiers(), "WithDefault")
                    .map(given -> text(given, "value"))
                    .orElse(null),
                returned.startsWith("Optional") || returned.startsWith("Map<"),
                doc(method)));
      }
    }
  }

  private static ClassTree nested(ClassTree type, String name) {
    for (Tree member : type.getMembers()) {
      if (member instanceof ClassTree nested && nested.getSimpleName().contentEquals(name)) {
        return nested;
      }
    }
    return null;
  }

  private String about(ClassTree type) {
    String doc = doc(type);
    int end = doc.indexOf(". ");
    return end < 0 ? doc.replaceAll("\\.$", "") : doc.substring(0, end);
  }

  private String doc(Tree tree) {
    String doc = docs.getDocComment(TreePath.getPath(unit, tree));
    if (doc == null) {
      throw new IllegalStateException("no Javadoc, so nothing for docs/config.md: " + tree);
    }
    return doc.strip()
        .replaceAll("\\s*<p>\\s*", " ")
        .replaceAll("\\s+", " ")
        .replaceAll("\\{@(?:code|link) ((?:[^{}]|\\{[^{}]*\\})*)\\}", "`$1`");
  }

  private static Optional<AnnotationTree> annotation(ModifiersTree modifiers, String name) {
    for (AnnotationTree annotation : modifiers.getAnnotations()) {
      if (annotation.getAnnotationType().toString().equals(name)) {
        return Optional.of(annotation);
      }
    }
    return Optional.empty();
  }

  private static String text(AnnotationTree annotation, String attribute) {
    for (ExpressionTree argument : annotation.getArguments()) {
      if (!(argument instanceof AssignmentTree assigned)) {
        return literal(argument);
      }
      if (assigned.getVariable().toString().equals(attribute)) {
        return literal(assigned.getExpression());
      }
    }
    throw new IllegalStateException("no " + attribute + ": " + annotation);
  }

  private static String literal(ExpressionTree expression) {
    if (expression instanceof LiteralTree literal) {
      return literal.getValue().toString();
    }
    if (expression instanceof BinaryTree sum) {
      return literal(sum.getLeftOperand()) + literal(sum.getRightOperand());
    }
    throw new IllegalStateException("not a text: " + expression);
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
