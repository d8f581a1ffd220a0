package dev.klay.core.evm;

import dev.klay.core.block.Log;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a block of Prague asks of the consensus layer (EIP-7685), for the public tests. */
final class EthereumRequests {
  private static final Address DEPOSIT_CONTRACT =
      Address.parse("0x00000000219ab540356cbb839cbe05303d7705fa");
  private static final Hash DEPOSIT_EVENT =
      Hash.fromHex("0x649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5");
  private static final int DEPOSIT_SIZE = 576;

  /** Offset of each field's length, and the length, in a deposit's event (EIP-6110). */
  private static final int[][] DEPOSIT_FIELDS = {
    {160, 48}, {256, 32}, {320, 8}, {384, 96}, {512, 8}
  };

  private final Map<Integer, ByteArrayOutputStream> byType = new TreeMap<>();

  /** Adds the deposits among a transaction's logs. */
  void addDeposits(List<Log> logs) {
    for (Log log : logs) {
      if (log.address().equals(DEPOSIT_CONTRACT)
          && !log.topics().isEmpty()
          && log.topics().get(0).equals(DEPOSIT_EVENT)) {
        add(0, deposit(log.data()));
      }
    }
  }

  private static Bytes deposit(Bytes data) {
    if (data.size() != DEPOSIT_SIZE) {
      throw new InvalidEthereumBlock("size of a deposit event");
    }
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (int i = 0; i < DEPOSIT_FIELDS.length; i++) {
      int at = DEPOSIT_FIELDS[i][0];
      int length = DEPOSIT_FIELDS[i][1];
      if (!word(data, 32 * i).equals(UInt256.of(at))
          || !word(data, at).equals(UInt256.of(length))) {
        throw new InvalidEthereumBlock("layout of a deposit event");
      }
      request.writeBytes(data.slice(at + 32, at + 32 + length).toArray());
    }
    return Bytes.wrap(request.toByteArray());
  }

  private static UInt256 word(Bytes data, int offset) {
    return UInt256.fromBytes(data.slice(offset, offset + 32).toArray());
  }

  void add(int type, Bytes data) {
    byType.computeIfAbsent(type, t -> new ByteArrayOutputStream()).writeBytes(data.toArray());
  }

  /** SHA-256 over the SHA-256 of each type's requests, those without any left out. */
  Hash hash() {
    MessageDigest outer = sha256();
    byType.forEach(
        (type, data) -> {
          if (data.size() > 0) {
            MessageDigest inner = sha256();
            inner.update((byte) (int) type);
            outer.update(inner.digest(data.toByteArray()));
          }
        });
    return Hash.wrap(outer.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
