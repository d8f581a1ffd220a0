package dev.klay.examples.services;

import dev.klay.client.Account;
import dev.klay.client.contract.ContractEvent;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.UInt256;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@link Blasq} as lines of text. Members have names here, and keys that end with the program. */
final class BlasqService implements Service {
  private static final int HISTORY = 20;

  private final Blasq blasq;
  private final Terminal terminal;
  private final Map<String, Account> members = new LinkedHashMap<>();
  private final List<PrivateKey> keys = new ArrayList<>();

  BlasqService(Blasq blasq, Terminal terminal) {
    this.blasq = blasq;
    this.terminal = terminal;
  }

  /** Opens the menu at BLASQ. */
  public static void main(String[] args) throws IOException {
    Services.main(Services.with("blasq", args));
  }

  @Override
  public String name() {
    return "blasq";
  }

  @Override
  public String about() {
    return "answer questions, earn tokens";
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Command("join", "NAME", "become a member, with tokens to ask with", this::join),
        new Command("ask", "NAME POOL TEXT", "ask for a pool of tokens", this::ask),
        new Command("answer", "NAME QUESTION TEXT", "answer a question", this::answer),
        new Command("accept", "NAME QUESTION ANSWERS", "share the pool: 1 or 1,3", this::accept),
        new Command("questions", "", "what was asked", given -> questions()),
        new Command("question", "QUESTION", "what became of a question", this::question),
        new Command("tokens", "", "what the members have", given -> tokens()),
        new Command("payout", "NAME TOKENS ADDRESS", "send tokens to a wallet", this::payout),
        new Command("history", "", "the transactions, to look up in Scope", given -> history()));
  }

  private void join(List<String> given) {
    String name = given.get(0);
    if (members.containsKey(name)) {
      throw new IllegalArgumentException(name + " is a member");
    }
    PrivateKey key = PrivateKey.generate(new SecureRandom());
    keys.add(key);
    Account member = blasq.join(key);
    members.put(name, member);
    terminal.print(name + " is " + member.address() + " and has " + Blasq.WELCOME + " tokens");
  }

  private void ask(List<String> given) {
    long question = blasq.ask(member(given), given.get(2), Words.number(given.get(1)));
    terminal.print("question " + question);
  }

  private void answer(List<String> given) {
    long question = Words.number(given.get(1));
    long answer = blasq.answer(member(given), question, given.get(2));
    terminal.print("answer " + answer + " of question " + question);
  }

  private void accept(List<String> given) {
    List<Long> answers = Stream.of(given.get(2).split(",")).map(Words::number).toList();
    for (Blasq.Reward paid : blasq.accept(member(given), Words.number(given.get(1)), answers)) {
      terminal.print(nameOf(paid.author()) + " earned " + paid.tokens() + " tokens");
    }
  }

  private void questions() {
    for (ContractEvent asked : blasq.questions()) {
      long question = asked.arguments().integer("question").longValueExact();
      BlasqBoard.State state = blasq.state(question);
      terminal.print(
          String.format(
              "%d  %s asks for %d tokens, %d answers%s: %s",
              question,
              nameOf(state.asker()),
              state.pool(),
              state.answers(),
              state.accepted() ? ", accepted" : "",
              asked.arguments().text("text")));
    }
  }

  private void question(List<String> given) {
    for (ContractEvent event : blasq.history(Words.number(given.get(0)))) {
      terminal.print("block " + event.cursor().block() + "  " + event.name() + event.arguments());
    }
  }

  private void tokens() {
    members.forEach(
        (name, member) -> terminal.print(name + ": " + blasq.tokensOf(member.address())));
  }

  private void payout(List<String> given) {
    Address wallet = Address.parse(given.get(2));
    UInt256 tokens = UInt256.of(Words.number(given.get(1)));
    Receipt sent = blasq.token().transfer(member(given), wallet, tokens);
    terminal.print("sent in block " + sent.blockNumber() + ", fee paid by " + payer(sent));
  }

  private void history() {
    for (Receipt receipt : blasq.transactions(HISTORY)) {
      terminal.print(
          "block "
              + receipt.blockNumber()
              + "  "
              + receipt.hash()
              + " of "
              + nameOf(receipt.from())
              + ", fee paid by "
              + payer(receipt));
    }
  }

  private String payer(Receipt receipt) {
    return nameOf(receipt.transaction().payer());
  }

  private Account member(List<String> given) {
    Account member = members.get(given.get(0));
    if (member == null) {
      throw new IllegalArgumentException("there is no " + given.get(0) + "; join first");
    }
    return member;
  }

  private String nameOf(Address address) {
    return members.entrySet().stream()
        .filter(member -> member.getValue().address().equals(address))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> address.equals(blasq.sponsor().address()) ? "BLASQ" : address.toString());
  }

  @Override
  public List<Supplier<String>> demo(Path scratch) {
    return Words.typed(
        "join ann",
        "join bob",
        "join cho",
        "ask ann 25 What makes a block final?",
        "answer bob 1 Its seals: two thirds of the validators signed it.",
        "answer cho 1 Nothing can take it back.",
        "accept bob 1 1",
        "accept ann 1 1,2",
        "accept ann 1 2",
        "questions",
        "question 1",
        "tokens",
        "history");
  }

  @Override
  public void close() {
    keys.forEach(PrivateKey::close);
  }
}
