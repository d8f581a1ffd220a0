package dev.klay.core.trie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {
  private static final Bytes KEY = Bytes.fromHex("1234");

  @Test
  void theEmptyTrieProvesAbsenceWithoutNodes() {
    Proof proof = Trie.<Bytes>empty(value -> value).proof(KEY);
    assertThat(proof.nodes()).isEmpty();
    assertThat(proof.verify(Trie.EMPTY_ROOT, KEY)).isEmpty();
  }

  @Test
  void shortNodesAreNotListed() {
    Trie<Bytes> trie =
        Trie.<Bytes>empty(value -> value)
            .put(KEY, Bytes.of((byte) 1))
            .put(Bytes.fromHex("1235"), Bytes.of((byte) 2));
    Proof proof = trie.proof(KEY);
    assertThat(proof.nodes()).hasSize(1);
    assertThat(proof.verify(trie.rootHash(), KEY)).contains(Bytes.of((byte) 1));
  }

  /** A prover may invent a whole trie; the verifier must come to an end on each. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no item
        "80", // a string
        "c0", // no fields
        "c3010203", // three fields
        "c28001", // a path of no bytes
        "c2" + "40" + "01", // flags that do not exist
        "c2" + "01" + "01", // an even path with a half byte of padding
        "c4" + "00" + "c2" + "2001", // an extension without a path
        "c6" + "82" + "0012" + "82" + "2001", // a child that is neither a node nor a hash
        "c4" + "11" + "c2" + "80", // a list that ends early
        "c4" + "11" + "c20101" + "00", // bytes behind the node
      })
  void whatIsNoNodeIsRefused(String hex) {
    Bytes node = Bytes.fromHex(hex);
    Hash root = Keccak256.hash(node);
    assertThatThrownBy(() -> new Proof(List.of(node)).verify(root, KEY))
        .isInstanceOf(InvalidProofException.class);
  }
}
