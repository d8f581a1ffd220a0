package dev.klay.crypto.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExtraDataTest {
  private static final ExtraData EXTRA =
      new ExtraData(ExtraData.EMPTY_VANITY, List.of(Address.ZERO), Bytes.EMPTY, List.of());

  @Test
  void refusesExtraShorterThanTheVanity() {
    assertThatThrownBy(() -> ExtraData.decode(Bytes.wrap(new byte[31])))
        .isInstanceOf(DecodingException.class)
        .hasMessageContaining("31");
  }

  @Test
  void refusesWhatIsNoListOfThreeBehindTheVanity() {
    Bytes good = EXTRA.encode();
    for (int end = ExtraData.VANITY_SIZE; end < good.size(); end++) {
      Bytes cut = good.slice(0, end);
      assertThatThrownBy(() -> ExtraData.decode(cut)).isInstanceOf(DecodingException.class);
    }
  }

  @Test
  void keepsTheRoundInFourBytesUnderOurRuleAndInOneUnderKlaytns() {
    assertThat(EXTRA.withRound(SealRule.KLAY_QBFT, 70_000).round(SealRule.KLAY_QBFT))
        .isEqualTo(70_000);
    assertThat(EXTRA.withRound(SealRule.ISTANBUL, 257).round(SealRule.ISTANBUL)).isEqualTo(1);
  }

  @Test
  void theHashedFormHasNeitherRoundNorCommittedSeals() {
    ExtraData sealed =
        EXTRA
            .withProposerSeal(Bytes.wrap(new byte[65]))
            .withRound(SealRule.KLAY_QBFT, 3)
            .withCommittedSeals(List.of(Bytes.wrap(new byte[65])));
    assertThat(sealed.forBlockHash(SealRule.KLAY_QBFT))
        .isEqualTo(EXTRA.withProposerSeal(Bytes.wrap(new byte[65])));
    assertThat(sealed.forSigning(SealRule.KLAY_QBFT)).isEqualTo(EXTRA);
  }
}
