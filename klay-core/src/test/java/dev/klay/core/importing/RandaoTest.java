package dev.klay.core.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.block.Block;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.Fork;
import dev.klay.core.config.ForkSchedule;
import dev.klay.core.config.GenesisAccount;
import dev.klay.core.execution.RegistryContract;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.core.storage.InMemoryChainStore;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random reveals are the proposer's signature, by the key that it registered (KIP-113, KIP-114).
 */
class RandaoTest {
  private static final List<Address> VALIDATORS = DevKeys.validatorAddresses(4);

  private final KlaytnTestChain chain = new KlaytnTestChain(KlaytnTestChain.spec(List.of()));

  @Test
  void aRightRevealIsTaken() {
    chain.grow();
    chain.grow();
    assertThat(chain.test.chain.head().number()).isEqualTo(2);
  }

  @Test
  void theRevealOfAnotherNumberOrValidatorIsRefused() {
    Block good = chain.next();
    Address author = good.author();
    Address other = VALIDATORS.stream().filter(v -> !v.equals(author)).findFirst().orElseThrow();
    assertRefused(KlaytnTestChain.reveal(author, 2), "is no signature of " + author);
    assertRefused(KlaytnTestChain.reveal(other, 1), "is no signature of " + author);
    assertRefused(Bytes.wrap(new byte[96]), "is no signature of " + author);
    assertRefused(Bytes.wrap(new byte[95]), "has 96 bytes, not 95");
    assertThat(chain.test.chain.importBlock(good)).isEmpty();
  }

  private void assertRefused(Bytes reveal, String detail) {
    InvalidBlock fault = fault(chain, reveal);
    assertThat(fault.reason()).isEqualTo(Reason.RANDOM_REVEAL);
    assertThat(fault.detail()).isEqualTo(detail);
    assertThat(chain.test.chain.head().number()).isZero();
  }

  private static InvalidBlock fault(KlaytnTestChain chain, Bytes reveal) {
    Block altered = chain.withReveal(chain.next(), reveal);
    return chain.test.chain.importBlock(altered).orElseThrow();
  }

  /** A file is looked ahead in, on all cores; that must not let anything through. */
  @Test
  void aFileIsImportedUpToTheFirstWrongReveal() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      blocks.add(chain.grow());
    }
    Block wrong = chain.withReveal(chain.next(), KlaytnTestChain.reveal(chain.next().author(), 77));
    blocks.add(wrong);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (BlockFileWriter writer = new BlockFileWriter(file)) {
      blocks.forEach(writer::write);
    }
    Chain target = new Chain(chain.test.chain.spec(), new InMemoryChainStore());
    assertThatThrownBy(() -> AllTypesPropertiesTest.importFile(target, file.toByteArray()))
        .isInstanceOfSatisfying(
            InvalidBlockException.class,
            e -> assertThat(e.fault().reason()).isEqualTo(Reason.RANDOM_REVEAL));
    assertThat(target.head().number()).isEqualTo(3);
  }

  @Test
  void aValidatorWithoutARegisteredKeyCannotPropose() {
    List<Address> others = VALIDATORS.subList(1, 4);
    assertUncheckable(
        KlaytnTestChain.keysAnswer(others, others.stream().map(KlaytnTestChain::pair).toList()),
        VALIDATORS.get(0) + " registered no BLS key");
  }

  @Test
  void aKeyWhoseOwnerDidNotProveItCountsAsNone() {
    List<Bytes> stolen =
        List.of(
            KlaytnTestChain.publicKey(VALIDATORS.get(0)),
            KlaytnTestChain.pair(VALIDATORS.get(1)).get(1));
    assertUncheckable(
        KlaytnTestChain.keysAnswer(VALIDATORS.subList(0, 1), List.of(stolen)),
        "has no valid proof");
    List<Bytes> noKey = List.of(Bytes.wrap(new byte[48]), Bytes.EMPTY);
    assertUncheckable(
        KlaytnTestChain.keysAnswer(VALIDATORS.subList(0, 1), List.of(noKey)), "has no valid proof");
  }

  @Test
  void whatTheContractAnswersIsCheckedBeforeItIsUsed() {
    assertUncheckable(Bytes.EMPTY, "0 bytes");
    assertUncheckable(KlaytnTestChain.word(64), "answered with the number 0x40");
    Bytes good =
        KlaytnTestChain.keysAnswer(
            VALIDATORS, VALIDATORS.stream().map(KlaytnTestChain::pair).toList());
    assertUncheckable(good.slice(0, good.size() - 200), "a contract answered with");
    byte[] huge = good.toArray();
    huge[64 + 20] = 1; // the number of addresses
    assertUncheckable(Bytes.wrap(huge), "a contract answered with the number");
  }

  private static void assertUncheckable(Bytes answer, String detail) {
    KlaytnTestChain chain = new KlaytnTestChain(KlaytnTestChain.spec(List.of(), answer));
    InvalidBlock fault =
        chain.test.chain.importBlock(chain.next()).orElseThrow(() -> new AssertionError(detail));
    assertThat(fault.reason()).isEqualTo(Reason.RANDOM_REVEAL);
    assertThat(fault.detail()).startsWith("cannot be checked: ").contains(detail);
  }

  @Test
  void aChainWithoutRegistryHasNoRandao() {
    KlaytnTestChain bare =
        new KlaytnTestChain(
            KlaytnTestChain.spec(
                new TreeMap<>(), ForkSchedule.allFromGenesis(Fork.CANCUN), Fork.RANDAO));
    assertThat(bare.test.chain.importBlock(bare.next()).orElseThrow().detail())
        .isEqualTo("cannot be checked: there is no contract at " + RegistryContract.ADDRESS);
    TreeMap<Address, GenesisAccount> empty =
        new TreeMap<>(
            Map.of(
                RegistryContract.ADDRESS,
                KlaytnTestChain.answering(KlaytnTestChain.word(Address.ZERO))));
    KlaytnTestChain unknown =
        new KlaytnTestChain(
            KlaytnTestChain.spec(empty, ForkSchedule.allFromGenesis(Fork.CANCUN), Fork.RANDAO));
    assertThat(unknown.test.chain.importBlock(unknown.next()).orElseThrow().detail())
        .isEqualTo("cannot be checked: the registry does not know KIP113");
  }
}
