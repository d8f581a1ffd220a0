package dev.klay.client.contract;

import dev.klay.client.Account;
import dev.klay.client.KlayClient;
import dev.klay.client.abi.Abi;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import java.util.Set;

/** A contract of unique tokens: KIP-17 or ERC-721. Safe for any thread. */
public final class NonFungibleToken {
  /** KIP-17 with metadata and minting. */
  public static final Abi ABI =
      Abi.of(
          "function name() view returns (string)",
          "function symbol() view returns (string)",
          "function tokenURI(uint256 tokenId) view returns (string)",
          "function balanceOf(address owner) view returns (uint256)",
          "function ownerOf(uint256 tokenId) view returns (address)",
          "function getApproved(uint256 tokenId) view returns (address)",
          "function isApprovedForAll(address owner, address operator) view returns (bool)",
          "function approve(address to, uint256 tokenId)",
          "function setApprovalForAll(address operator, bool approved)",
          "function transferFrom(address from, address to, uint256 tokenId)",
          "function safeTransferFrom(address from, address to, uint256 tokenId)",
          "function safeTransferFrom(address from, address to, uint256 tokenId, bytes data)",
          "function mintWithTokenURI(address to, uint256 tokenId, string uri) returns (bool)",
          "function burn(uint256 tokenId)",
          "event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)",
          "event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId)",
          "event ApprovalForAll(address indexed owner, address indexed operator, bool approved)");

  private final Contract contract;

  private NonFungibleToken(Contract contract) {
    this.contract = contract;
  }

  /** A contract that is there already; nothing is asked. */
  public static NonFungibleToken at(KlayClient client, Address address) {
    return new NonFungibleToken(Contract.at(client, address, ABI));
  }

  public Contract contract() {
    return contract;
  }

  public Set<TokenInterface> interfaces() {
    return TokenInterface.of(contract.client(), contract.address());
  }

  public String name() {
    return contract.call("name").text(0);
  }

  public String symbol() {
    return contract.call("symbol").text(0);
  }

  /** Where the token's metadata is. */
  public String uri(UInt256 tokenId) {
    return contract.call("tokenURI", tokenId).text(0);
  }

  /** How many tokens an account owns. */
  public UInt256 balanceOf(Address owner) {
    return UInt256.of(contract.call("balanceOf", owner).integer(0));
  }

  /**
   * Who owns a token.
   *
   * @throws dev.klay.client.Reverted if there is no such token
   */
  public Address ownerOf(UInt256 tokenId) {
    return contract.call("ownerOf", tokenId).address(0);
  }

  /** Moves a token, and asks a recipient that is a contract whether it takes it. */
  public Receipt transfer(Account from, Address to, UInt256 tokenId) {
    return contract
        .by(from)
        .send("safeTransferFrom(address,address,uint256)", from.address(), to, tokenId);
  }

  /** Lets somebody move one token. */
  public Receipt approve(Account owner, Address spender, UInt256 tokenId) {
    return contract.by(owner).send("approve", spender, tokenId);
  }

  /** Lets somebody move all tokens of the account, or no longer. */
  public Receipt approveAll(Account owner, Address operator, boolean approved) {
    return contract.by(owner).send("setApprovalForAll", operator, approved);
  }

  /** Makes a token, where the account may. */
  public Receipt mint(Account minter, Address to, UInt256 tokenId, String uri) {
    return contract.by(minter).send("mintWithTokenURI", to, tokenId, uri);
  }

  /** Moves, mints and burns of the contract's tokens. */
  public EventQuery transfers() {
    return contract.events("Transfer");
  }

  @Override
  public String toString() {
    return "non-fungible token " + contract.address();
  }
}
