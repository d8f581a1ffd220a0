package dev.klay.core.account;

import dev.klay.core.trie.Proof;
import dev.klay.core.trie.Trie;
import dev.klay.core.trie.ValueCodec;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.function.BiConsumer;

/**
 * The words of a contract, an immutable value. A slot that was never written holds zero, and
 * writing zero removes it. The trie's key is Keccak-256 of the slot's 32 bytes, its value RLP of
 * the word without leading zeros.
 */
public final class Storage {
  static final ValueCodec<UInt256> CODEC = word -> new RlpWriter(33).integer(word).toBytes();

  public static final Storage EMPTY = new Storage(Trie.empty(CODEC));

  private final Trie<UInt256> words;

  Storage(Trie<UInt256> words) {
    this.words = words;
  }

  Trie<UInt256> words() {
    return words;
  }

  /** Under which key the trie holds a slot. */
  public static Hash keyOf(UInt256 slot) {
    return Keccak256.hash(slot.toBytes32());
  }

  public UInt256 get(UInt256 slot) {
    return words.isEmpty() ? UInt256.ZERO : get(keyOf(slot));
  }

  /** The word of a slot whose key is known. */
  public UInt256 get(Hash key) {
    return words.get(key).orElse(UInt256.ZERO);
  }

  public Storage with(UInt256 slot, UInt256 word) {
    return with(keyOf(slot), word);
  }

  /** With a word in the slot whose key is known. */
  public Storage with(Hash key, UInt256 word) {
    return new Storage(word.isZero() ? words.remove(key) : words.put(key, word));
  }

  public boolean isEmpty() {
    return words.isEmpty();
  }

  public Hash rootHash() {
    return words.rootHash();
  }

  /** Proves the word of a slot, or that it is zero, against {@link #rootHash()}. */
  public Proof proof(UInt256 slot) {
    return words.proof(keyOf(slot));
  }

  /** All words that are not zero, by the keys of their slots in ascending order. */
  public void forEach(BiConsumer<Bytes, UInt256> action) {
    words.forEach(action);
  }
}
