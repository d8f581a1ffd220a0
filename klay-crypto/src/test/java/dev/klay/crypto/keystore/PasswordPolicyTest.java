package dev.klay.crypto.keystore;

import static dev.klay.crypto.keystore.PasswordPolicy.Rule.DIGIT;
import static dev.klay.crypto.keystore.PasswordPolicy.Rule.LENGTH;
import static dev.klay.crypto.keystore.PasswordPolicy.Rule.SPECIAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.keystore.PasswordPolicy.Rule;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PasswordPolicyTest {
  @Tag("S19")
  @Test
  void reportsExactlyWhatIsMissing() {
    assertThat(check("abcdef1!")).isEmpty();
    assertThat(check("abc1!")).containsExactly(LENGTH);
    assertThat(check("abcdefgh1")).containsExactly(SPECIAL);
    assertThat(check("abcdefgh!")).containsExactly(DIGIT);
    assertThat(check("abcdefgh")).containsExactly(DIGIT, SPECIAL);
    assertThat(check("")).containsExactly(LENGTH, DIGIT, SPECIAL);
  }

  @Test
  void lettersOfAnyScriptAndSpacesAreNotSpecial() {
    assertThat(check("비밀번호비밀1가나")).containsExactly(SPECIAL);
    assertThat(check("abc def 1\t\u00a0")).containsExactly(SPECIAL);
    assertThat(check("abcdefg\u0661!")).containsExactly(DIGIT);
    assertThat(check("pässwör1☃")).isEmpty();
  }

  @Test
  void charactersAreCodePoints() {
    assertThat(check("\ud83d\ude00\ud83d\ude00\ud83d\ude001!")).containsExactly(LENGTH);
  }

  @Test
  void requireNamesTheRulesButNotThePassword() {
    assertThatCode(() -> PasswordPolicy.aspen().require("abcdef1!".toCharArray()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> PasswordPolicy.aspen().require("hunter".toCharArray()))
        .isInstanceOfSatisfying(
            WeakPasswordException.class,
            e -> assertThat(e.missing()).containsExactly(LENGTH, DIGIT, SPECIAL))
        .hasMessage(
            "the password needs at least 8 characters and a digit (0-9) and a special character"
                + " such as ! or #")
        .hasMessageNotContaining("hunter");
  }

  private static List<Rule> check(String password) {
    return PasswordPolicy.aspen().check(password.toCharArray());
  }
}
