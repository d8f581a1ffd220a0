package dev.klay.core.storage;

class InMemoryChainStoreTest extends ChainStoreContract {
  @Override
  ChainStore open() {
    return new InMemoryChainStore(WINDOW);
  }
}
