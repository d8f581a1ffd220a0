package dev.klay.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.core.account.Account;
import dev.klay.core.account.AccountKey;
import dev.klay.core.account.AccountLeaf;
import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.account.Storage;
import dev.klay.core.trie.Trie;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import org.junit.jupiter.api.Test;

class StateUpdaterTest {
  private static final Address ALICE = address(0xa1);
  private static final Address BOB = address(0xb0);
  private static final Address RIPEMD = address(3);
  private static final UInt256 SLOT = UInt256.of(7);
  private static final Code CODE = Code.of(Bytes.of((byte) 0x60), CodeInfo.ISTANBUL);

  private final StateUpdater updater = new StateUpdater(WorldState.EMPTY);

  @Test
  void aMissingAccountReadsAsAnEmptyOne() {
    assertThat(updater.exists(ALICE)).isFalse();
    assertThat(updater.isEmpty(ALICE)).isTrue();
    assertThat(updater.balance(ALICE)).isEqualTo(Amount.ZERO);
    assertThat(updater.key(ALICE)).isEqualTo(AccountKey.LEGACY);
    assertThat(updater.code(ALICE)).isEqualTo(Code.EMPTY);
    assertThat(updater.storage(ALICE, SLOT)).isEqualTo(UInt256.ZERO);
    assertThat(updater.build(true).rootHash()).isEqualTo(Trie.EMPTY_ROOT);
  }

  @Test
  void anEmptyAccountIsRemovedOnlyWhenTouchedAndOnlyIfAskedFor() {
    updater.addBalance(ALICE, Amount.ZERO);
    updater.addBalance(BOB, Amount.ZERO);
    WorldState genesis = updater.build(false);
    assertThat(genesis.exists(ALICE)).isTrue();

    StateUpdater block = new StateUpdater(genesis);
    block.addBalance(ALICE, Amount.ZERO);
    assertThat(block.exists(BOB)).isTrue();
    WorldState next = block.build(true);
    assertThat(next.exists(ALICE)).isFalse();
    assertThat(next.exists(BOB)).isTrue();
  }

  @Test
  void aRevertedTouchRemovesNothingButForRipemd() {
    updater.addBalance(ALICE, Amount.ZERO);
    updater.addBalance(RIPEMD, Amount.ZERO);
    StateUpdater block = new StateUpdater(updater.build(false));
    int before = block.snapshot();
    block.addBalance(ALICE, Amount.ZERO);
    block.addBalance(RIPEMD, Amount.ZERO);
    block.revert(before);
    WorldState next = block.build(true);
    assertThat(next.exists(ALICE)).isTrue();
    assertThat(next.exists(RIPEMD)).isFalse();
  }

  @Test
  void moreThanTheBalanceCannotBeSubtracted() {
    updater.addBalance(ALICE, Amount.peb(1));
    assertThatThrownBy(() -> updater.subtractBalance(ALICE, Amount.peb(2)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(updater.balance(ALICE)).isEqualTo(Amount.peb(1));
  }

  @Test
  void theOriginalWordIsThatOfTheStartOfTheTransaction() {
    updater.createContract(ALICE);
    updater.setNonce(ALICE, 1);
    updater.setStorage(ALICE, SLOT, UInt256.of(1));
    assertThat(updater.originalStorage(ALICE, SLOT)).isEqualTo(UInt256.ZERO);
    updater.finishTransaction(true);

    assertThat(updater.originalStorage(ALICE, SLOT)).isEqualTo(UInt256.of(1));
    int before = updater.snapshot();
    updater.setStorage(ALICE, SLOT, UInt256.of(2));
    updater.setStorage(ALICE, SLOT, UInt256.of(3));
    assertThat(updater.originalStorage(ALICE, SLOT)).isEqualTo(UInt256.of(1));
    updater.revert(before);
    assertThat(updater.storage(ALICE, SLOT)).isEqualTo(UInt256.of(1));
    assertThat(updater.originalStorage(ALICE, SLOT)).isEqualTo(UInt256.of(1));
  }

  @Test
  void aSelfDestructedContractLivesUntilTheTransactionEnds() {
    WorldState state = withContract();
    StateUpdater block = new StateUpdater(state);
    block.selfDestruct(ALICE);
    assertThat(block.isSelfDestructed(ALICE)).isTrue();
    assertThat(block.balance(ALICE)).isEqualTo(Amount.ZERO);
    assertThat(block.code(ALICE)).isEqualTo(CODE);
    assertThat(block.storage(ALICE, SLOT)).isEqualTo(UInt256.ONE);
    block.finishTransaction(true);
    assertThat(block.exists(ALICE)).isFalse();
    assertThat(block.storage(ALICE, SLOT)).isEqualTo(UInt256.ZERO);

    block.addBalance(ALICE, Amount.peb(5));
    assertThat(block.isSelfDestructed(ALICE)).isFalse();
    Account reborn = block.build(true).account(ALICE).orElseThrow();
    assertThat(reborn).isEqualTo(Account.externallyOwned().withBalance(Amount.peb(5)));
    assertThat(state.storage(ALICE, SLOT)).isEqualTo(UInt256.ONE);
  }

  @Test
  void aNewContractKeepsTheBalanceAndWhatIsWarmButNoStorage() {
    StateUpdater block = new StateUpdater(withContract());
    assertThat(block.markWarm(ALICE, SLOT)).isTrue();
    int before = block.snapshot();
    block.createContract(ALICE);
    assertThat(block.isCreatedInTransaction(ALICE)).isTrue();
    assertThat(block.storage(ALICE, SLOT)).isEqualTo(UInt256.ZERO);
    assertThat(block.balance(ALICE)).isEqualTo(Amount.peb(9));
    assertThat(block.code(ALICE)).isEqualTo(Code.EMPTY);
    assertThat(block.nonce(ALICE)).isZero();
    assertThat(block.key(ALICE)).isEqualTo(AccountKey.FAIL);
    assertThat(block.markWarm(ALICE, SLOT)).isFalse();
    block.revert(before);
    assertThat(block.isCreatedInTransaction(ALICE)).isFalse();
    assertThat(block.storage(ALICE, SLOT)).isEqualTo(UInt256.ONE);
    assertThat(block.code(ALICE)).isEqualTo(CODE);
  }

  @Test
  void marksOfATransactionEndWithItOrWithARevert() {
    assertThat(updater.markWarm(ALICE)).isTrue();
    assertThat(updater.markWarm(ALICE)).isFalse();
    int before = updater.snapshot();
    assertThat(updater.markWarm(BOB)).isTrue();
    assertThat(updater.markWarm(BOB, SLOT)).isTrue();
    updater.setTransientStorage(BOB, SLOT, UInt256.ONE);
    assertThat(updater.transientStorage(BOB, SLOT)).isEqualTo(UInt256.ONE);
    updater.revert(before);
    assertThat(updater.transientStorage(BOB, SLOT)).isEqualTo(UInt256.ZERO);
    assertThat(updater.markWarm(BOB)).isTrue();
    assertThat(updater.markWarm(BOB, SLOT)).isTrue();
    updater.setTransientStorage(BOB, SLOT, UInt256.ONE);
    updater.finishTransaction(true);
    assertThat(updater.transientStorage(BOB, SLOT)).isEqualTo(UInt256.ZERO);
    assertThat(updater.markWarm(ALICE)).isTrue();
    assertThat(updater.markWarm(BOB, SLOT)).isTrue();
  }

  @Test
  void aSnapshotOfAnEndedTransactionIsRefused() {
    updater.addBalance(ALICE, Amount.peb(1));
    int snapshot = updater.snapshot();
    updater.finishTransaction(true);
    assertThatThrownBy(() -> updater.revert(snapshot)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void accountsAndSlotsAreProvenAgainstTheRoot() {
    WorldState state = withContract();
    Bytes proven = state.proof(ALICE).verify(state.rootHash(), ALICE.keccak()).orElseThrow();
    AccountLeaf leaf = AccountLeaf.decode(proven);
    Account account = state.account(ALICE).orElseThrow();
    assertThat(leaf).isEqualTo(account.leaf());
    assertThat(account.storage().proof(SLOT).verify(leaf.storageRoot(), Storage.keyOf(SLOT)))
        .contains(Bytes.of((byte) 1));
    assertThat(state.proof(BOB).verify(state.rootHash(), BOB.keccak())).isEmpty();
  }

  private static WorldState withContract() {
    StateUpdater updater = new StateUpdater(WorldState.EMPTY);
    updater.addBalance(ALICE, Amount.peb(9));
    updater.createContract(ALICE);
    updater.setNonce(ALICE, 1);
    updater.setCode(ALICE, CODE);
    updater.setStorage(ALICE, SLOT, UInt256.ONE);
    return updater.build(true);
  }

  private static Address address(int last) {
    byte[] bytes = new byte[Address.SIZE];
    bytes[Address.SIZE - 1] = (byte) last;
    return Address.wrap(bytes);
  }
}
