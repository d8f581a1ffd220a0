package dev.klay.core.block;

import dev.klay.core.trie.Trie;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.rlp.RlpWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How the transactions root and the receipts root are made of their items; a governance item that
 * belongs to the block number ({@code klaytn-blocks.md} section 4).
 */
public enum DeriveSha {
  /** A Merkle Patricia trie by index, as Ethereum. The only one that can prove membership well. */
  ORIGINAL {
    @Override
    public Hash root(List<Bytes> items) {
      Trie<Bytes> trie = Trie.empty(item -> item);
      for (int i = 0; i < items.size(); i++) {
        trie = trie.put(new RlpWriter().integer(i).toBytes(), items.get(i));
      }
      return trie.rootHash();
    }
  },

  /** A binary hash tree; the last of an odd number is paired with itself. */
  SIMPLE {
    @Override
    public Hash root(List<Bytes> items) {
      if (items.isEmpty()) {
        return Keccak256.hash(Bytes.EMPTY);
      }
      List<Hash> level = items.stream().map(Keccak256::hash).toList();
      while (level.size() > 1) {
        List<Hash> above = new ArrayList<>();
        for (int i = 0; i < level.size(); i += 2) {
          Hash right = level.get(Math.min(i + 1, level.size() - 1));
          above.add(
              Keccak256.hash(
                  new RlpWriter().raw(level.get(i).toBytes()).raw(right.toBytes()).toBytes()));
        }
        level = above;
      }
      return level.get(0);
    }
  },

  /** The hash of all items in a row. */
  CONCAT {
    @Override
    public Hash root(List<Bytes> items) {
      RlpWriter all = new RlpWriter();
      items.forEach(all::raw);
      return Keccak256.hash(all.toBytes());
    }
  };

  /** The mode with Klaytn's number; an unknown number means {@link #ORIGINAL}. */
  public static DeriveSha ofCode(long code) {
    return code == 1 ? SIMPLE : code == 2 ? CONCAT : ORIGINAL;
  }

  public abstract Hash root(List<Bytes> items);
}
