package dev.klay.crypto.keystore;

import dev.klay.crypto.KlayException;
import dev.klay.crypto.keystore.PasswordPolicy.Rule;
import java.util.List;
import java.util.stream.Collectors;

/** A new password lacks what the policy asks for: choose another. It is not in the message. */
public final class WeakPasswordException extends KlayException {
  private final List<Rule> missing;

  public WeakPasswordException(List<Rule> missing) {
    super(
        "the password needs "
            + missing.stream().map(Rule::text).collect(Collectors.joining(" and ")));
    this.missing = List.copyOf(missing);
  }

  /** The unmet rules, at least one, in the order of {@link Rule}. */
  public List<Rule> missing() {
    return missing;
  }
}
