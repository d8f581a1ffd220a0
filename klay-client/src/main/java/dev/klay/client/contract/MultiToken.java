package dev.klay.client.contract;

import dev.klay.client.Account;
import dev.klay.client.KlayClient;
import dev.klay.client.abi.Abi;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/** A contract of many tokens, each with a supply: KIP-37 or ERC-1155. Safe for any thread. */
public final class MultiToken {
  /** KIP-37 with metadata and the creation of tokens. */
  public static final Abi ABI =
      Abi.of(
          "function uri(uint256 id) view returns (string)",
          "function totalSupply(uint256 id) view returns (uint256)",
          "function balanceOf(address owner, uint256 id) view returns (uint256)",
          "function balanceOfBatch(address[] owners, uint256[] ids) view returns (uint256[])",
          "function isApprovedForAll(address owner, address operator) view returns (bool)",
          "function setApprovalForAll(address operator, bool approved)",
          "function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes data)",
          "function safeBatchTransferFrom(address from, address to, uint256[] ids,"
              + " uint256[] values, bytes data)",
          "function create(uint256 id, uint256 supply, string uri) returns (bool)",
          "function mint(uint256 id, address to, uint256 value)",
          "function burn(address from, uint256 id, uint256 value)",
          "event TransferSingle(address indexed operator, address indexed from,"
              + " address indexed to, uint256 id, uint256 value)",
          "event TransferBatch(address indexed operator, address indexed from,"
              + " address indexed to, uint256[] ids, uint256[] values)",
          "event ApprovalForAll(address indexed owner, address indexed operator, bool approved)",
          "event URI(string value, uint256 indexed id)");

  private final Contract contract;

  private MultiToken(Contract contract) {
    this.contract = contract;
  }

  /** A contract that is there already; nothing is asked. */
  public static MultiToken at(KlayClient client, Address address) {
    return new MultiToken(Contract.at(client, address, ABI));
  }

  public Contract contract() {
    return contract;
  }

  public Set<TokenInterface> interfaces() {
    return TokenInterface.of(contract.client(), contract.address());
  }

  /** Where the metadata of a token is; {@code {id}} stands for its id in hexadecimal. */
  public String uri(UInt256 id) {
    return contract.call("uri", id).text(0);
  }

  /** Units of a token that there are; KIP-37 only. */
  public UInt256 totalSupply(UInt256 id) {
    return UInt256.of(contract.call("totalSupply", id).integer(0));
  }

  public UInt256 balanceOf(Address owner, UInt256 id) {
    return UInt256.of(contract.call("balanceOf", owner, id).integer(0));
  }

  /** What each owner has of the token at the same place of the other list. */
  public List<UInt256> balancesOf(List<Address> owners, List<UInt256> ids) {
    return contract.call("balanceOfBatch", owners, ids).list(0).stream()
        .map(units -> UInt256.of((BigInteger) units))
        .toList();
  }

  /** Moves units of one token, and asks a recipient that is a contract whether it takes them. */
  public Receipt transfer(Account from, Address to, UInt256 id, UInt256 units) {
    return contract.by(from).send("safeTransferFrom", from.address(), to, id, units, Bytes.EMPTY);
  }

  /** Moves units of several tokens at once. */
  public Receipt transfer(Account from, Address to, List<UInt256> ids, List<UInt256> units) {
    return contract
        .by(from)
        .send("safeBatchTransferFrom", from.address(), to, ids, units, Bytes.EMPTY);
  }

  /** Lets somebody move all tokens of the account, or no longer. */
  public Receipt approveAll(Account owner, Address operator, boolean approved) {
    return contract.by(owner).send("setApprovalForAll", operator, approved);
  }

  /** Makes a new token with a supply, where the account may. */
  public Receipt create(Account creator, UInt256 id, UInt256 supply, String uri) {
    return contract.by(creator).send("create", id, supply, uri);
  }

  /** Moves, mints and burns of the contract's tokens. */
  public EventQuery transfers() {
    return contract.events("TransferSingle", "TransferBatch");
  }

  @Override
  public String toString() {
    return "multi-token " + contract.address();
  }
}
