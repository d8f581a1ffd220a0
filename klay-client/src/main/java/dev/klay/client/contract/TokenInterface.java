package dev.klay.client.contract;

import dev.klay.client.KlayClient;
import dev.klay.client.Reverted;
import dev.klay.client.abi.Abi;
import dev.klay.core.call.Call;
import dev.klay.core.call.CallRefusedException;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An interface that a contract can say it has (KIP-13, ERC-165), by the standards' own ids. */
public enum TokenInterface {
  KIP7("0x65787371"),
  KIP7_METADATA("0xa219a025"),
  KIP7_MINTABLE("0xeab83e20"),
  KIP7_BURNABLE("0x3b5a0bf8"),
  KIP7_PAUSABLE("0x4d5507ff"),
  /** Few tokens of Ethereum say so, for their standard does not ask for it. */
  ERC20("0x36372b07"),
  /** The same as ERC-721. */
  KIP17("0x80ac58cd"),
  /** The same as ERC-721's. */
  KIP17_METADATA("0x5b5e139f"),
  /** The same as ERC-721's. */
  KIP17_ENUMERABLE("0x780e9d63"),
  KIP17_BURNABLE("0x42966c68"),
  KIP17_METADATA_MINTABLE("0xfac27f46"),
  KIP37("0x6433ca1f"),
  ERC1155("0xd9b67a26"),
  /** The same as ERC-1155's. */
  KIP37_METADATA("0x0e89341c"),
  KIP37_MINTABLE("0xdfd9d9ec"),
  KIP37_BURNABLE("0x9e094e9e"),
  KIP37_PAUSABLE("0x0e8ffdb7");

  private static final Abi KIP13 =
      Abi.of("function supportsInterface(bytes4 id) view returns (bool)");
  private static final Bytes OF_KIP13 = Bytes.fromHex("0x01ffc9a7");
  private static final Bytes OF_NONE = Bytes.fromHex("0xffffffff");

  /** 30,000 for the answer, and what every call pays. */
  private static final long GAS = 60_000;

  private final Bytes id;

  TokenInterface(String id) {
    this.id = Bytes.fromHex(id);
  }

  /** Four bytes: the selectors of its functions, one xor the other. */
  public Bytes id() {
    return id;
  }

  /**
   * The interfaces that a contract says it has. None if it is no contract, or does not answer as
   * KIP-13 wants it.
   */
  public static Set<TokenInterface> of(KlayClient client, Address contract) {
    Set<TokenInterface> found = EnumSet.noneOf(TokenInterface.class);
    if (supports(client, contract, OF_KIP13) && !supports(client, contract, OF_NONE)) {
      for (TokenInterface each : values()) {
        if (supports(client, contract, each.id)) {
          found.add(each);
        }
      }
    }
    return found;
  }

  private static boolean supports(KlayClient client, Address contract, Bytes id) {
    Bytes input = KIP13.function("supportsInterface").encodeArguments(List.of(id));
    try {
      Bytes answer = client.call(Call.to(contract).input(input).gas(GAS).build());
      return KIP13.function("supportsInterface").decodeResult(answer).bool(0);
    } catch (Reverted | DecodingException | CallRefusedException no) {
      return false; // that is how a contract without the function answers
    }
  }
}
