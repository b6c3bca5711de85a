package io.muster.cli.user.property;

import io.muster.contracts.command.AccountProperty;
import java.util.ArrayList;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Properties as people type them: {@code JobTitle}, {@code jobTitle} or {@code job-title}. */
public final class PropertyWord extends ArrayList<String>
    implements ITypeConverter<AccountProperty> {
  private static final long serialVersionUID = 1L;

  /** For picocli, which also asks it for the words that may be completed. */
  public PropertyWord() {
    super(AccountProperty.inFiles().stream().map(AccountProperty::column).toList());
  }

  @Override
  public AccountProperty convert(String word) {
    String letters = letters(word);
    return AccountProperty.inFiles().stream()
        .filter(property -> letters(property.column()).equals(letters))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + word + "' is none of " + String.join(", ", this)));
  }

  private static String letters(String word) {
    return word.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
  }
}
