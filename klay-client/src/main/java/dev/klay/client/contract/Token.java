package dev.klay.client.contract;

import dev.klay.client.Account;
import dev.klay.client.KlayClient;
import dev.klay.client.abi.Abi;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.primitive.UInt256;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fungible token: KIP-7 or ERC-20. Amounts are in its smallest units, of which {@link #units} and
 * {@link #inWhole} make numbers for people. Safe for any thread.
 *
 * <pre>{@code
 * Token okaka = Token.at(client, address);
 * Receipt sent = okaka.transfer(alice, bob.address(), okaka.units("2.5"));
 * }</pre>
 */
public final class Token {
  /** KIP-7 with the usual extensions; the error is that of our demo tokens. */
  public static final Abi ABI =
      Abi.of(
          "function name() view returns (string)",
          "function symbol() view returns (string)",
          "function decimals() view returns (uint8)",
          "function totalSupply() view returns (uint256)",
          "function balanceOf(address owner) view returns (uint256)",
          "function allowance(address owner, address spender) view returns (uint256)",
          "function transfer(address to, uint256 amount) returns (bool)",
          "function approve(address spender, uint256 amount) returns (bool)",
          "function transferFrom(address from, address to, uint256 amount) returns (bool)",
          "function safeTransfer(address to, uint256 amount)",
          "function safeTransfer(address to, uint256 amount, bytes data)",
          "function safeTransferFrom(address from, address to, uint256 amount)",
          "function safeTransferFrom(address from, address to, uint256 amount, bytes data)",
          "function burn(uint256 amount)",
          "event Transfer(address indexed from, address indexed to, uint256 value)",
          "event Approval(address indexed owner, address indexed spender, uint256 value)",
          "error InsufficientBalance(address account, uint256 balance, uint256 needed)",
          "error InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
          "error InvalidRecipient(address recipient)",
          "error ReceiverRefused(address receiver)");

  /** Characters of a name or symbol that are taken from a contract. */
  private static final int TEXT_MAX = 64;

  private final Contract contract;

  // What never changes of a token; a race only asks twice.
  private volatile @Nullable String symbol;
  private volatile @Nullable Integer decimals;

  private Token(Contract contract) {
    this.contract = contract;
  }

  /** A token that is there already; nothing is asked. */
  public static Token at(KlayClient client, Address address) {
    return new Token(Contract.at(client, address, ABI));
  }

  /** The token's contract, for whatever else it can do. */
  public Contract contract() {
    return contract;
  }

  public Address address() {
    return contract.address();
  }

  /** Interfaces that the contract says it has. */
  public Set<TokenInterface> interfaces() {
    return TokenInterface.of(contract.client(), contract.address());
  }

  /**
   * The token's full name.
   *
   * @throws DecodingException if it is longer than 64 characters or no text
   */
  public String name() {
    return text("name");
  }

  /** The short name, such as OKAKA; asked for once. See {@link #name}. */
  public String symbol() {
    String known = symbol;
    if (known == null) {
      known = text("symbol");
      symbol = known;
    }
    return known;
  }

  private String text(String function) {
    String text = contract.call(function).text(0);
    if (text.length() > TEXT_MAX) {
      throw new DecodingException(
          "the " + function + " of " + address() + " has " + text.length() + " characters");
    }
    return text;
  }

  /** Digits behind the point of a whole token, 0 to 255; asked for once. */
  public int decimals() {
    Integer known = decimals;
    if (known == null) {
      known = contract.call("decimals").integer(0).intValueExact();
      decimals = known;
    }
    return known;
  }

  /** All units there are. */
  public UInt256 totalSupply() {
    return UInt256.of(contract.call("totalSupply").integer(0));
  }

  /** Units that an account owns. */
  public UInt256 balanceOf(Address owner) {
    return UInt256.of(contract.call("balanceOf", owner).integer(0));
  }

  /** Units that the spender may move for the owner. */
  public UInt256 allowance(Address owner, Address spender) {
    return UInt256.of(contract.call("allowance", owner, spender).integer(0));
  }

  /**
   * A number of whole tokens, such as {@code "2.5"}, in units.
   *
   * @throws ArithmeticException if it is finer than one unit, negative or too large
   * @throws NumberFormatException if it is no number
   */
  public UInt256 units(String whole) {
    return UInt256.of(new BigDecimal(whole).movePointRight(decimals()).toBigIntegerExact());
  }

  /** Units as a number of whole tokens. */
  public BigDecimal inWhole(UInt256 units) {
    return new BigDecimal(units.toBigInteger(), decimals());
  }

  /**
   * Moves units and waits until that is final.
   *
   * @throws dev.klay.client.Reverted if the token refuses; nothing was sent
   * @throws TokenRefusedException if it refused without reverting: the fee is paid, nothing moved
   */
  public Receipt transfer(Account from, Address to, UInt256 units) {
    return moved(contract.by(from).send("transfer", to, units));
  }

  /** Moves units, and asks a recipient that is a contract whether it takes them (KIP-7). */
  public Receipt safeTransfer(Account from, Address to, UInt256 units, Bytes data) {
    return moved(contract.by(from).send("safeTransfer(address,uint256,bytes)", to, units, data));
  }

  /** Lets somebody move up to so many units; replaces what was allowed before. */
  public Receipt approve(Account owner, Address spender, UInt256 units) {
    return contract.by(owner).send("approve", spender, units);
  }

  /** Moves units of another account, which has approved it. */
  public Receipt transferFrom(Account spender, Address from, Address to, UInt256 units) {
    return moved(contract.by(spender).send("transferFrom", from, to, units));
  }

  /** Destroys units of the account, where the token can. */
  public Receipt burn(Account owner, UInt256 units) {
    return moved(contract.by(owner).send("burn", units));
  }

  private Receipt moved(Receipt receipt) {
    if (contract.events(receipt).stream().noneMatch(event -> event.name().equals("Transfer"))) {
      throw new TokenRefusedException(address(), receipt);
    }
    return receipt;
  }

  /** The token's transfers, mints and burns. */
  public EventQuery transfers() {
    return contract.events("Transfer");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Token that && address().equals(that.address());
  }

  @Override
  public int hashCode() {
    return address().hashCode();
  }

  @Override
  public String toString() {
    return "token " + address();
  }
}
