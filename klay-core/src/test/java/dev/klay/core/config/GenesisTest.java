package dev.klay.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenesisTest {
  @Test
  void missingParametersAreThoseOfAPrivateChain() {
    Genesis genesis = Genesis.parse("{'config': {'chainId': 7}}".replace('\'', '"'));

    assertThat(genesis.chainId()).isEqualTo(7);
    assertThat(genesis.parameters().unitPrice()).isEqualTo(Amount.ZERO);
    assertThat(genesis.parameters().epoch()).isEqualTo(604_800);
    assertThat(genesis.parameters().ratio()).hasToString("100/0/0");
    assertThat(genesis.supply()).isEqualTo(Amount.ZERO);
  }

  @Test
  void forksOutOfOrderAreRefused() {
    String json = "{'config':{'chainId':1,'istanbulCompatibleBlock':5,'londonCompatibleBlock':4}}";
    assertThatThrownBy(() -> Genesis.parse(json.replace('\'', '"')))
        .isInstanceOf(InvalidGenesisException.class)
        .hasMessageContaining("londonCompatibleBlock is 4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nonsense                                                      | genesis is no JSON
          []                                                            | no JSON object
          {}                                                            | no config object
          {'config':{}}                                                 | no chainId
          {'config':{'chainId':0}}                                      | chainId must be positive
          {'config':{'chainId':'x'}}                                    | config.chainId: not an integer: x
          {'config':{'chainId':1},'number':3}                           | the number of a genesis block is 0
          {'config':{'chainId':1},'timestamp':-1}                       | timestamp: not an integer
          {'config':{'chainId':1},'alloc':{'0x12':{'balance':1}}}       | alloc.0x12:
          {'config':{'chainId':1},'alloc':{'0000000000000000000000000000000000000001':{}}} | has no balance
          {'config':{'chainId':1,'istanbul':{'epoch':0}}}               | istanbul.epoch must be positive
          {'config':{'chainId':1,'istanbul':{'policy':3}}}              | istanbul.policy is 0, 1 or 2
          {'config':{'chainId':1,'governance':{'reward':{'ratio':'1/2/3'}}}} | sums to 100
          {'config':{'chainId':1,'governance':{'reward':{'mintingAmount':-6}}}} | reward.mintingamount: not in 0..2^256-1: -6
          {'config':{'chainId':1,'governance':{'reward':{'mintingAmount':'0x-6'}}}} | reward.mintingamount: not in 0..2^256-1: -6
          {'config':{'chainId':1,'governance':{'reward':{'mintingAmount':true}}}} | reward.mintingamount: not an integer
          """)
  void aMalformedFieldIsNamed(String json, String message) {
    assertThatThrownBy(() -> Genesis.parse(json.replace('\'', '"')))
        .isInstanceOf(InvalidGenesisException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-6", "0x-6", "x", ""})
  void aVoteForAnAmountThatIsNoneIsUnreadable(String amount) {
    assertThatThrownBy(() -> voteForMinting(amount).ensureReadable())
        .isInstanceOf(DecodingException.class);
  }

  @Test
  void aVoteOfAMillionDigitsIsRefusedBeforeItIsRead() {
    assertThatThrownBy(() -> voteForMinting("9".repeat(1_000_000)).ensureReadable())
        .hasMessageContaining("1000000 characters");
  }

  private static GovernanceVote voteForMinting(String amount) {
    Bytes value = Bytes.wrap(amount.getBytes(StandardCharsets.UTF_8));
    return new GovernanceVote(Address.ZERO, "reward.mintingamount", value, false);
  }
}
