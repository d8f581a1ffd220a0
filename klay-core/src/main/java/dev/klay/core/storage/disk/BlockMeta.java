package dev.klay.core.storage.disk;

import dev.klay.core.trie.NodeRef;
import dev.klay.crypto.primitive.Hash;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The record that makes a block count: where all the rest of it is. Encoded as its fields in their
 * order, 8 bytes each, the root as 0 or 1 in one byte, id, oldest id and hash.
 *
 * @param body the position of the block's body record
 * @param statesEnd of the state log behind the block's state
 * @param root of the state; empty if there are no accounts
 * @param oldestState the number of the first block whose state is kept
 * @param sweepBelow nodes below this id are being written anew, 0 if none are
 * @param liveBytes of one state, at most, when the last sweep had ended; 0 before
 */
record BlockMeta(
    long number,
    long timestampMillis,
    long body,
    long statesEnd,
    Optional<NodeRef> root,
    long oldestState,
    long sweepBelow,
    long liveBytes) {
  private static final int SIZE = 1 + 7 * Long.BYTES + 1 + 2 * Long.BYTES + Hash.SIZE;

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(SIZE);
    out.put((byte) Schema.RECORD_META);
    out.putLong(number).putLong(timestampMillis).putLong(body).putLong(statesEnd);
    out.putLong(oldestState).putLong(sweepBelow).putLong(liveBytes);
    root.ifPresent(
        ref ->
            out.put((byte) 1)
                .putLong(ref.id())
                .putLong(ref.oldest())
                .put(ref.hash().unsafeArray()));
    return out.array();
  }

  static boolean isMeta(byte[] payload) {
    return payload.length == SIZE && payload[0] == Schema.RECORD_META;
  }

  static BlockMeta decode(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload, 1, payload.length - 1);
    long number = in.getLong();
    long timestampMillis = in.getLong();
    long body = in.getLong();
    long statesEnd = in.getLong();
    long oldestState = in.getLong();
    long sweepBelow = in.getLong();
    long liveBytes = in.getLong();
    return new BlockMeta(
        number, timestampMillis, body, statesEnd, readRoot(in), oldestState, sweepBelow, liveBytes);
  }

  private static Optional<NodeRef> readRoot(ByteBuffer in) {
    if (in.get() == 0) {
      return Optional.empty();
    }
    long id = in.getLong();
    long oldest = in.getLong();
    byte[] hash = new byte[Hash.SIZE];
    in.get(hash);
    return Optional.of(new NodeRef(id, oldest, Hash.wrap(hash)));
  }

  /** The lowest id that this state and all later ones need. */
  long oldestNeeded() {
    return root.map(NodeRef::oldest).orElse(statesEnd);
  }
}
