package dev.klay.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.SealRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in a real directory. */
class DirectoryStorageTest extends ChainStoreContract {
  @TempDir private Path directory = Path.of("");

  private DirectoryStorage storage() {
    return Storage.directory(directory.resolve("chain"), Retention.blocks(WINDOW));
  }

  @Override
  ChainStore open() {
    return storage().open(History.CHAIN);
  }

  @Test
  void aClosedStoreOpensWhereItEnded() {
    List<History.Step> history = History.of(2, 30);
    for (int i = 0; i < 30; i += 10) {
      try (ChainStore store = open()) {
        history.subList(i, i + 10).forEach(step -> step.appendTo(store));
      }
      try (ChainStore store = open()) {
        StoreCheck.holds(store, history, i + 10, Math.max(0, i + 10 - WINDOW));
      }
    }
  }

  @Test
  void aDirectoryInUseIsRefusedAndStaysUsable() {
    List<History.Step> history = History.of(3, 2);
    try (ChainStore store = open()) {
      store.append(history.get(0).block(), history.get(0).state());
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreLockedException.class)
          .hasMessageContaining("chain")
          .hasMessageContaining("in use");
      store.append(history.get(1).block(), history.get(1).state());
    }
    try (ChainStore store = open()) {
      StoreCheck.holds(store, history, 2, 0);
    }
  }

  @Test
  void aStoreForAnotherSealRuleIsRefused() {
    open().close();
    assertThatThrownBy(() -> storage().open(new ChainIdentity(1000, SealRule.ISTANBUL)))
        .isInstanceOf(ForeignStoreException.class)
        .hasMessageContaining("klay-qbft/1");
    open().close();
  }

  @Test
  void aStoreMadeWithOtherParametersIsRefusedAndOneThatDoesNotTellIsTaken() {
    ChainIdentity one = withParameters("01");
    storage().open(one).close();
    storage().open(one).close();
    storage().open(History.CHAIN).close();
    assertThatThrownBy(() -> storage().open(withParameters("02")))
        .isInstanceOf(ForeignStoreException.class)
        .hasMessageContaining("other parameters");
    storage().open(one).close();
  }

  @Test
  void aStoreOfAnOlderProgramIsTaken() {
    open().close();
    storage().open(withParameters("01")).close();
  }

  private static ChainIdentity withParameters(String byteOfHash) {
    Hash hash = Hash.fromHex("0x" + byteOfHash.repeat(32));
    return new ChainIdentity(1000, History.RULE, Optional.of(hash));
  }

  @Test
  void anInterruptedReaderGetsItsAnswerAndKeepsTheStoreOpen() {
    List<History.Step> history = History.of(4, 12);
    try (ChainStore store = storage().withMemory(0).open(History.CHAIN)) {
      history.forEach(step -> step.appendTo(store));
      Thread.currentThread().interrupt();
      StoreCheck.holds(store, history, 12, 0);
      assertThat(Thread.interrupted()).isTrue();
      StoreCheck.holds(store, history, 12, 0);
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    History.Step step = History.of(5, 1).get(0);
    ChainStore store = open();
    store.close();
    store.close();
    assertThatThrownBy(() -> store.append(step.block(), step.state()))
        .isInstanceOf(IllegalStateException.class);
  }
}
