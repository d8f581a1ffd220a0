package dev.klay.client.abi;

import dev.klay.client.abi.AbiFunction.Mutability;
import java.util.List;

/** Reads declarations of functions, events and errors as Solidity writes them. */
final class DeclarationText {
  private DeclarationText() {}

  static AbiFunction function(String declaration) {
    AbiText text = new AbiText(declaration.strip().replaceFirst("^function\\s+", ""));
    return function(text.readWord(), text);
  }

  /** The rest of a function or constructor, behind its name. */
  static AbiFunction function(String name, AbiText text) {
    List<AbiParameter> inputs = text.readParameters();
    List<AbiParameter> outputs = List.of();
    Mutability mutability = Mutability.NONPAYABLE;
    while (!text.atEnd()) {
      if (text.accept(';')) {
        text.expectEnd();
        break;
      }
      String word = text.readWord();
      switch (word) {
        case "returns" -> outputs = text.readParameters();
        case "view" -> mutability = Mutability.VIEW;
        case "pure" -> mutability = Mutability.PURE;
        case "payable" -> mutability = Mutability.PAYABLE;
        case "external", "public", "nonpayable", "virtual", "override" -> {}
        default -> throw text.bad(word + " says nothing about a function");
      }
    }
    return new AbiFunction(name, inputs, outputs, mutability);
  }

  static AbiEvent event(String declaration) {
    AbiText text = new AbiText(declaration.strip().replaceFirst("^event\\s+", ""));
    String name = text.readWord();
    List<AbiParameter> inputs = text.readParameters();
    boolean anonymous = !text.atEnd() && text.peek() != ';';
    if (anonymous && !text.readWord().equals("anonymous")) {
      throw text.bad("an event is anonymous or nothing");
    }
    end(text);
    return new AbiEvent(name, inputs, anonymous);
  }

  static AbiError error(String declaration) {
    AbiText text = new AbiText(declaration.strip().replaceFirst("^error\\s+", ""));
    AbiError error = new AbiError(text.readWord(), text.readParameters());
    end(text);
    return error;
  }

  private static void end(AbiText text) {
    if (!text.atEnd()) {
      text.expect(';');
    }
    text.expectEnd();
  }
}
