package dev.klay.core.system;

import dev.klay.core.execution.RegistryContract;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The BLS public keys that validators registered for Randao (KIP-113), and where the contract that
 * keeps them is (KIP-149).
 */
public final class BlsKeyRegistry {
  /** The contract's name in the registry, and in a genesis file. */
  public static final String NAME = "KIP113";

  private static final Bytes GET_ACTIVE = ContractReads.selector("getActiveAddr(string)");
  private static final Bytes GET_ALL = ContractReads.selector("getAllBlsInfo()");
  private static final int WORD = 32;

  private BlsKeyRegistry() {}

  /**
   * What one validator registered; whether it is right nobody has checked.
   *
   * @param publicKey 48 bytes, a compressed point of G1
   * @param possession 96 bytes, the proof that the secret is known
   */
  public record Entry(Bytes publicKey, Bytes possession) {}

  /**
   * The contract's address, as the registry has it.
   *
   * @throws DecodingException if there is no registry, or it does not know
   */
  public static Address locate(ContractReads reads) {
    Address found = reads.ask(RegistryContract.ADDRESS, withName(GET_ACTIVE)).address(0);
    if (found.equals(Address.ZERO)) {
      throw new DecodingException("the registry does not know " + NAME);
    }
    return found;
  }

  private static Bytes withName(Bytes selector) {
    byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
    byte[] input = Arrays.copyOf(selector.unsafeArray(), selector.size() + 3 * WORD);
    input[selector.size() + WORD - 1] = WORD; // where the string begins
    input[selector.size() + 2 * WORD - 1] = (byte) name.length;
    System.arraycopy(name, 0, input, selector.size() + 2 * WORD, name.length);
    return Bytes.wrap(input);
  }

  /**
   * All that is registered, by the validator's address.
   *
   * @throws DecodingException if the contract is not there or answers something else
   */
  public static Map<Address, Entry> readAll(ContractReads reads, Address contract) {
    AbiData answer = reads.ask(contract, GET_ALL);
    List<Address> nodes = answer.at(0).list(AbiData::address);
    List<Entry> keys =
        answer
            .at(1)
            .list(
                (items, i) -> {
                  AbiData pair = items.at(i);
                  return new Entry(pair.at(0).bytes(), pair.at(1).bytes());
                });
    if (nodes.size() != keys.size()) {
      throw new DecodingException(
          "the contract at " + contract + " knows " + nodes.size() + " nodes, " + keys.size());
    }
    Map<Address, Entry> byNode = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      byNode.put(nodes.get(i), keys.get(i));
    }
    return byNode;
  }
}
