package dev.klay.core.importing;

import dev.klay.core.block.Header;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import java.util.Arrays;
import java.util.Optional;

/**
 * What blocks tell of states that were adjusted by hand between two blocks of a development chain.
 * The next block's vanity says "klay-adj" and begins the root of the adjusted state, 20 bytes of
 * it. Whoever has the adjusted state executes the block like any other; whoever has only blocks is
 * told that and why they do not lead there, instead of some root that differs.
 */
final class AdjustedState {
  private static final Bytes PLAIN = ExtraData.vanity(ascii("klay"));
  private static final Bytes MARK = ascii("klay-adj");
  private static final int ROOT_BYTES = 20;

  private AdjustedState() {}

  private static Bytes ascii(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return Bytes.wrap(bytes);
  }

  /** Whether the head's state is not the one its block ends with. */
  static boolean isBehind(ChainHead head) {
    return !head.state().rootHash().equals(head.header().stateRoot());
  }

  /** The vanity of the block behind a head. */
  static Bytes vanity(ChainHead parent) {
    return isBehind(parent) ? marked(parent.state().rootHash()) : PLAIN;
  }

  private static Bytes marked(Hash root) {
    byte[] vanity = Arrays.copyOf(MARK.toArray(), ExtraData.VANITY_SIZE);
    System.arraycopy(root.toArray(), 0, vanity, MARK.size(), ROOT_BYTES);
    return Bytes.wrap(vanity);
  }

  /** Why the block cannot be executed on the parent as it is here, empty if that is no reason. */
  static Optional<InvalidBlock> missing(Header next, ChainHead parent, SealRule rule) {
    if (rule != SealRule.KLAY_QBFT) {
      return Optional.empty(); // Klaytn's nodes write anything there
    }
    Bytes vanity = next.extraData().withRound(rule, 0).vanity();
    boolean isMarked = vanity.slice(0, MARK.size()).equals(MARK);
    if (!isMarked && !isBehind(parent)) {
      return Optional.empty();
    }
    if (isMarked && vanity.equals(marked(parent.state().rootHash()))) {
      return Optional.empty();
    }
    return HeaderRules.invalid(
        InvalidBlock.Reason.ADJUSTED_STATE,
        isMarked
            ? "it was made on a state that cheats of a development chain had adjusted behind block "
                + parent.number()
                + ", which blocks alone do not give: take a snapshot of that chain instead"
            : "it was made on the state behind block "
                + parent.number()
                + " before cheats adjusted that state here");
  }
}
