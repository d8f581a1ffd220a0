package dev.klay.client;

import dev.klay.crypto.mnemonic.ExtendedPrivateKey;
import dev.klay.crypto.mnemonic.HdPath;
import dev.klay.crypto.mnemonic.Mnemonic;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.ArrayList;
import java.util.List;

/** The keys of a development chain, which its forks use, too; the last one to leave closes them. */
final class DevKeyRing {
  private final List<PrivateKey> keys;
  private int users = 1;

  DevKeyRing(List<PrivateKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** The keys of the published words, which every chain has that starts without others. */
  static DevKeyRing published() {
    return new DevKeyRing(Published.SECRETS.stream().map(s -> PrivateKey.of(s.toArray())).toList());
  }

  /** No secrets: derived once, because the 2,048 rounds take longer than starting a chain. */
  private static final class Published {
    static final List<Bytes> SECRETS = secrets();

    private static List<Bytes> secrets() {
      char[] words = KlayChain.DEV_MNEMONIC.toCharArray();
      return derive(words, KlayChain.ACCOUNTS).stream()
          .map(PrivateKey::exportSecret)
          .map(Bytes::wrap)
          .toList();
    }
  }

  /** The first keys of a mnemonic at m/44'/60'/0'/0/i. */
  static List<PrivateKey> derive(char[] words, int count) {
    List<PrivateKey> derived = new ArrayList<>();
    try (Mnemonic mnemonic = Mnemonic.parse(words);
        ExtendedPrivateKey master = mnemonic.masterKey(new char[0])) {
      for (int i = 0; i < count; i++) {
        try (ExtendedPrivateKey child = master.derive(HdPath.ethereum(i))) {
          derived.add(child.privateKey());
        }
      }
    }
    return derived;
  }

  PrivateKey get(int index) {
    return keys.get(index);
  }

  List<Address> addresses() {
    return keys.stream().map(PrivateKey::address).toList();
  }

  synchronized DevKeyRing enter() {
    if (users == 0) {
      throw new IllegalStateException("the chain is closed");
    }
    users++;
    return this;
  }

  synchronized void leave() {
    users--;
    if (users == 0) {
      keys.forEach(PrivateKey::close);
    }
  }
}
