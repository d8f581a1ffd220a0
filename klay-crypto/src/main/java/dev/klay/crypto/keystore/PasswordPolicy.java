package dev.klay.crypto.keystore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a new password must have.
 *
 * <pre>{@code
 * PasswordPolicy.aspen().check("abc1!".toCharArray());   // [LENGTH]
 * }</pre>
 */
public final class PasswordPolicy {
  /** The least length of a password, in characters (Unicode code points). */
  public static final int LENGTH_MIN = 8;

  /** One demand on a password. */
  public enum Rule {
    LENGTH("at least " + LENGTH_MIN + " characters"),
    DIGIT("a digit (0-9)"),
    /** Neither a letter nor a digit of any script, nor white space. */
    SPECIAL("a special character such as ! or #");

    private final String text;

    Rule(String text) {
      this.text = text;
    }

    /** The demand in words, to follow "the password needs". */
    public String text() {
      return text;
    }

    private boolean isMetBy(int[] characters) {
      return switch (this) {
        case LENGTH -> characters.length >= LENGTH_MIN;
        case DIGIT -> IntStream.of(characters).anyMatch(c -> c >= '0' && c <= '9');
        case SPECIAL -> IntStream.of(characters).anyMatch(Rule::isSpecial);
      };
    }

    private static boolean isSpecial(int c) {
      return !Character.isLetterOrDigit(c)
          && !Character.isWhitespace(c)
          && !Character.isSpaceChar(c)
          && !Character.isISOControl(c);
    }
  }

  private final Set<Rule> rules;

  private PasswordPolicy(Set<Rule> rules) {
    this.rules = rules;
  }

  /** The Aspen wallet's: 8 or more characters with a digit and a special character. */
  public static PasswordPolicy aspen() {
    return new PasswordPolicy(EnumSet.allOf(Rule.class));
  }

  /** The rules that the password does not meet; empty if it is good. */
  public List<Rule> check(char[] password) {
    int[] characters = codePoints(password);
    List<Rule> missing = new ArrayList<>();
    for (Rule rule : rules) {
      if (!rule.isMetBy(characters)) {
        missing.add(rule);
      }
    }
    Arrays.fill(characters, 0);
    return List.copyOf(missing);
  }

  /** Throws {@link WeakPasswordException} if a rule is not met. */
  public void require(char[] password) {
    List<Rule> missing = check(password);
    if (!missing.isEmpty()) {
      throw new WeakPasswordException(missing);
    }
  }

  private static int[] codePoints(char[] text) {
    int[] found = new int[text.length];
    int count = 0;
    for (int i = 0; i < text.length; i += Character.charCount(found[count++])) {
      found[count] = Character.codePointAt(text, i);
    }
    int[] exact = Arrays.copyOf(found, count);
    Arrays.fill(found, 0);
    return exact;
  }
}
