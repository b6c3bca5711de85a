package io.muster.cli.submit;

import io.muster.contracts.command.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Operations as people type them: {@code set-password}. */
public final class OperationWord extends ArrayList<String> implements ITypeConverter<Operation> {
  private static final long serialVersionUID = 1L;

  /** For picocli, which also asks it for the words that may be completed. */
  public OperationWord() {
    super(Arrays.stream(Operation.values()).map(Operation::word).toList());
  }

  @Override
  public Operation convert(String word) {
    return Operation.of(word)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + word + "' is none of " + String.join(", ", this)));
  }
}
