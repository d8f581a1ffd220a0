package dev.klay.core.storage;

import java.nio.file.Path;

/**
 * Where a node keeps its chain.
 *
 * <pre>{@code
 * KlayNode.of(spec).storage(Storage.directory(path, Retention.days(30))).start();
 * }</pre>
 */
public interface Storage {
  /** States that a durable chain keeps unless told otherwise. */
  Retention RETENTION_DEFAULT = Retention.blocks(InMemoryChainStore.STATES_DEFAULT);

  /**
   * Opens the store, empty if there was none. The caller closes it.
   *
   * @throws ForeignStoreException if it holds another chain
   */
  ChainStore open(ChainIdentity chain);

  /** The heap of this program, with the states of the last blocks; gone when it is closed. */
  static Storage inMemory() {
    return chain -> new InMemoryChainStore();
  }

  /** A directory with the states of the last {@value InMemoryChainStore#STATES_DEFAULT} blocks. */
  static DirectoryStorage directory(Path directory) {
    return directory(directory, RETENTION_DEFAULT);
  }

  /** A directory, made if it is missing, which one node at a time has open. */
  static DirectoryStorage directory(Path directory, Retention retention) {
    return new DirectoryStorage(directory, retention);
  }
}
