package dev.klay.examples.services;

import dev.klay.client.Account;
import dev.klay.client.KlayClient;
import dev.klay.client.Sponsor;
import dev.klay.client.abi.AbiTuple;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.ContractCode;
import dev.klay.client.contract.ContractEvent;
import dev.klay.client.contract.Contracts;
import dev.klay.client.contract.PartnerToken;
import dev.klay.client.contract.Token;
import dev.klay.core.service.Receipt;
import dev.klay.core.transaction.KlaytnTx;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.util.List;

/**
 * BLASQ: ask with a pool of tokens, answer, accept, earn. Members have no KLAY and pay no fee: the
 * operator does, for calls of BLASQ's own two contracts alone.
 *
 * <pre>{@code
 * Blasq blasq = Blasq.open(operator);
 * Account ann = blasq.join(annsKey);
 * long question = blasq.ask(ann, "What is a block?", 10);
 * long answer = blasq.answer(blasq.join(bobsKey), question, "A page of the ledger.");
 * List<Blasq.Reward> paid = blasq.accept(ann, question, List.of(answer));
 * }</pre>
 */
public final class Blasq {
  /** Tokens that a new member gets. */
  public static final long WELCOME = 100;

  private static final UInt256 SUPPLY = UInt256.of(1_000_000_000);
  private static final Amount PER_MEMBER = Amount.klay("0.5");
  private static final Amount PER_DAY = Amount.klay(100);

  private final Account operator;
  private final Token token;
  private final BlasqBoard board;
  private final Sponsor sponsor;

  private Blasq(Account operator, Token token, BlasqBoard board) {
    this.operator = operator;
    this.token = token;
    this.board = board;
    this.sponsor =
        Sponsor.of(operator).perUser(PER_MEMBER).perDay(PER_DAY).only(this::isCallOfOurs);
  }

  private boolean isCallOfOurs(KlaytnTx tx) {
    return tx.to().filter(to -> to.equals(token.address()) || to.equals(address())).isPresent();
  }

  /** What an accepted answer earned. */
  public record Reward(long answer, Address author, long tokens) {}

  /** Creates the token and the contract; the operator, who pays for all, owns all tokens. */
  public static Blasq open(Account operator) {
    Contract token = Contract.deploy(operator, PartnerToken.code(), "Blasq", "BLASQ", 0, SUPPLY);
    ContractCode code = ContractCode.resource(Blasq.class, "Blasq");
    BlasqBoard board =
        Contracts.deploy(BlasqBoard.class, operator, code.initCode(), token.address());
    return new Blasq(operator, Token.at(operator.client(), token.address()), board);
  }

  /** Where the contract is. */
  public Address address() {
    return board.contract().address();
  }

  public Token token() {
    return token;
  }

  /** The account that pays the fees. */
  public Sponsor sponsor() {
    return sponsor;
  }

  /** Makes a member of whoever has the key, which stays theirs; welcomes them the first time. */
  public Account join(PrivateKey key) {
    Account member = client().account(key).paidBy(sponsor);
    if (token.allowance(member.address(), address()).isZero()) {
      token.transfer(operator, member.address(), UInt256.of(WELCOME));
      token.approve(member, address(), UInt256.MAX);
    }
    return member;
  }

  /**
   * Pays the pool in.
   *
   * @return the question's number
   */
  public long ask(Account asker, String text, long pool) {
    return number(board.ask(asker, text, pool), "question");
  }

  /**
   * Answers a question of somebody else.
   *
   * @return the answer's number, among those of the question
   */
  public long answer(Account author, long question, String text) {
    return number(board.answer(author, question, text), "answer");
  }

  /**
   * Ends a question: the pool goes to the authors of these answers in equal parts. What cannot be
   * divided goes to the first ones.
   *
   * @param answers ascending
   * @throws dev.klay.client.Reverted with {@code OnlyTheAsker} or, the second time, {@code
   *     AlreadyAccepted}; nothing was sent
   */
  public List<Reward> accept(Account asker, long question, List<Long> answers) {
    Receipt receipt = board.accept(asker, question, answers);
    return board.contract().events(receipt).stream().map(e -> reward(e.arguments())).toList();
  }

  /** Tokens that a member has. */
  public long tokensOf(Address member) {
    return token.balanceOf(member).toBigInteger().longValueExact();
  }

  /** Where a question stands. */
  BlasqBoard.State state(long question) {
    return board.state(question);
  }

  /** All questions there were, each as the event in which it was asked. */
  public List<ContractEvent> questions() {
    return board.contract().events("Asked").list();
  }

  /** What happened to a question, in the order of the chain: Asked, Answered, Rewarded. */
  public List<ContractEvent> history(long question) {
    return board.contract().events().where("question", question).list();
  }

  /** The last transactions of BLASQ as the explorer shows them, newest first. */
  public List<Receipt> transactions(int most) {
    return client().explorer().history(address(), most);
  }

  private KlayClient client() {
    return operator.client();
  }

  private long number(Receipt receipt, String what) {
    AbiTuple event = board.contract().events(receipt).get(0).arguments();
    return event.integer(what).longValueExact();
  }

  private static Reward reward(AbiTuple event) {
    return new Reward(
        event.integer("answer").longValueExact(),
        event.address("author"),
        event.integer("reward").longValueExact());
  }
}
