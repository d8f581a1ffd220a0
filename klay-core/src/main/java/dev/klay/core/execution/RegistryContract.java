package dev.klay.core.execution;

import dev.klay.core.account.Code;
import dev.klay.core.account.CodeInfo;
import dev.klay.core.config.RandaoRegistry;
import dev.klay.core.state.StateUpdater;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.primitive.UInt256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The contract that says where a chain's other system contracts are (KIP-149). Klaytn puts it into
 * the state at the end of the first block of the Randao fork, with what the genesis file says.
 */
public final class RegistryContract {
  public static final Address ADDRESS = Address.parse("0x0000000000000000000000000000000000000401");

  /** Keccak-256 of the runtime code that every Klaytn node installs. */
  public static final Hash CODE_HASH =
      Hash.fromHex("0xfd3c2152828579b98068570231554ed4bacf528f50ff1bf9fce6300ec023f720");

  /** Slots of Solidity's layout: records by name, the list of names, the owner. */
  private static final UInt256 RECORDS = UInt256.ZERO;

  private static final UInt256 NAMES = UInt256.ONE;
  private static final UInt256 OWNER = UInt256.of(2);

  /** Longer names take more than their slot, which Klaytn does not install. */
  private static final int NAME_MAX_BYTES = 31;

  private RegistryContract() {}

  /** Whether it is the runtime code that every Klaytn node installs. */
  public static boolean isRightCode(Bytes code) {
    return Keccak256.hash(code).equals(CODE_HASH);
  }

  /**
   * Installs the contract in place of what may be at its address.
   *
   * @param code with {@link #CODE_HASH}
   * @throws IllegalArgumentException if it is another code or a name is longer than 31 bytes
   */
  public static void install(StateUpdater state, RandaoRegistry registry, Bytes code) {
    Code installed = Code.of(code, CodeInfo.BEFORE_ISTANBUL);
    if (!installed.hash().equals(CODE_HASH)) {
      throw new IllegalArgumentException(
          "the registry's code has the hash " + CODE_HASH + ", not " + installed.hash());
    }
    state.createContract(ADDRESS);
    state.setCode(ADDRESS, installed);
    state.setStorage(ADDRESS, NAMES, UInt256.of(registry.records().size()));
    state.setStorage(ADDRESS, OWNER, word(registry.owner()));
    UInt256 nameSlot = hash(NAMES.toBytes32());
    for (Map.Entry<String, Address> record : registry.records().entrySet()) {
      byte[] name = name(record.getKey());
      state.setStorage(ADDRESS, nameSlot, shortString(name));
      nameSlot = nameSlot.plus(UInt256.ONE);
      UInt256 list = hash(concat(name, RECORDS.toBytes32()));
      state.setStorage(ADDRESS, list, UInt256.ONE);
      // The entry is an address and the block it holds from, which is 0 and so not stored.
      state.setStorage(ADDRESS, hash(list.toBytes32()), word(record.getValue()));
    }
  }

  private static byte[] name(String text) {
    byte[] name = text.getBytes(StandardCharsets.UTF_8);
    if (name.length > NAME_MAX_BYTES) {
      throw new IllegalArgumentException("a name in the registry has at most 31 bytes: " + text);
    }
    return name;
  }

  /** Solidity's string of up to 31 bytes: the bytes, and twice their number in the last. */
  private static UInt256 shortString(byte[] text) {
    byte[] word = Arrays.copyOf(text, 32);
    word[31] = (byte) (2 * text.length);
    return UInt256.fromBytes(word);
  }

  private static UInt256 word(Address address) {
    return UInt256.fromBytes(address.toArray());
  }

  private static UInt256 hash(byte[] bytes) {
    return UInt256.fromBytes(Keccak256.hash(bytes).toArray());
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
