package dev.klay.examples.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.core.explorer.Explorer;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.keystore.KeystoreCost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the seed asks of the menu (SEED.md S32): BLASQ, Scope and Wallet, each with one command on
 * an embedded network, and all three on one chain in one JVM.
 */
class ServicesTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @TempDir private Path scratch;

  @Test
  void withoutAnArgumentItPrintsTheMenu() throws IOException {
    assertThat(run("")).isZero();
    assertThat(text()).contains("blasq ", "scope ", "wallet ", "menu ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"faucet", "blasq --fast", "--demo", "blasq --demo more"})
  void aWrongArgumentIsAnsweredByTheMenu(String arguments) throws IOException {
    assertThat(run("", arguments.split(" "))).isEqualTo(2);
    assertThat(text()).contains("services.jar blasq");
  }

  @Test
  void blasqShowsItself() throws IOException {
    assertThat(run("", "blasq", "--demo")).isZero();
    assertThat(text())
        .containsSubsequence(
            "question 1",
            "answer 2 of question 1",
            "refused: reverted: OnlyTheAsker(question=1, asker=0x",
            "bob earned 13 tokens",
            "cho earned 12 tokens",
            "refused: reverted: AlreadyAccepted(question=1)",
            "ann: 75",
            "bob: 113",
            "cho: 112",
            "of ann, fee paid by BLASQ");
  }

  @Test
  void scopeShowsItself() throws IOException {
    assertThat(run("", "scope", "--demo")).isZero();
    assertThat(text())
        .containsSubsequence(
            "proposer",
            "genesis",
            "transactions per second",
            "Node04   0x",
            "proposed 1",
            "supply ",
            "type         TxTypeSmartContractDeploy",
            "status       success",
            "fee          0.",
            "contract ",
            "balance ",
            "refused: nothing here is tomorrow");
  }

  @Test
  void walletShowsItselfAndLeavesNoFile() throws IOException {
    assertThat(run("", "wallet", "--demo")).isZero();
    assertThat(text())
        .containsSubsequence(
            "refused: the password needs at least 8 characters",
            "your address is 0x",
            "only you can read it",
            "whoever knows this owns the wallet: 0x",
            "1000 KLAY in block",
            "refused: Cooldown(900 blocks)",
            "fee 0.000525 KLAY",
            "refused: the fee can be 0.000525 KLAY, the limit is 0.0005 KLAY",
            "your address is 0x",
            "998.999475 KLAY")
        .doesNotContain("abc1!", "aspen-2018!");
    String file = text().lines().filter(l -> l.startsWith("saved in ")).findFirst().orElseThrow();
    assertThat(Path.of(file.substring(9, file.indexOf(';')))).doesNotExist();
    assertThat(Path.of(file.substring(9, file.indexOf(';'))).getParent()).doesNotExist();
  }

  /** BLASQ pays into the wallet, and Scope shows that transaction. */
  @Test
  void allThreeShareAChain() {
    Script script = new Script(out);
    try (ThreeServices services = ThreeServices.start(KeystoreCost.LIGHT, script)) {
      script.type(services.demo("menu", scratch));
      new Menu(services.all(), script).run("menu");
      Explorer explorer = services.chain().explorer();
      Receipt sent = explorer.history(services.wallet().wallet().address(), 1).get(0);
      assertThat(services.wallet().wallet().assets())
          .extracting(Object::toString)
          .containsExactly(services.wallet().wallet().balance().toString(), "3 BLASQ");
      assertThat(text())
          .containsSubsequence(
              "older ones: blocks ",
              "blasq> payout bob 5 0x",
              "fee paid by BLASQ",
              "5 BLASQ, token 0x",
              "wallet> send 2 BLASQ 0x",
              "scope> history " + services.wallet().wallet().address(),
              "block " + sent.blockNumber() + "  " + sent.hash());
    }
    assertThat(scratch.resolve("wallet.json")).exists();
  }

  @Test
  void somebodyTypes() throws IOException {
    int code =
        run(
            """
            blocks 2
            tps 10
            tx 0x0000000000000000000000000000000000000000000000000000000000000000
            search 0x0000000000000000000000000000000000000001
            blocks soon
            search
            dance
            wallet
            address
            send 1 KLAY nowhere
            create
            short
            blasq
            ask ann 1 Am I a member?
            join ann
            join ann
            ask ann 1000 Can I afford that?
            menu
            """,
            "scope");
    assertThat(code).as("the end of the input is the end").isZero();
    assertThat(text())
        .containsSubsequence(
            "scope> ",
            "genesis",
            "transactions per second",
            "no such transaction",
            "nothing ever happened to it",
            "refused: soon is no number",
            "refused: it is: search TEXT",
            "there is no dance here; try help",
            "wallet> refused: create or open a wallet first",
            "wallet> refused: ",
            "wallet> password: refused: the password needs at least 8 characters and a digit",
            "blasq> refused: there is no ann; join first",
            "ann is 0x",
            "refused: ann is a member",
            "refused: reverted: PoolTooLarge(pool=1000, balance=100)",
            "menu> ");
  }

  /** A process of its own ends by itself: nothing keeps it alive. */
  @Test
  void oneCommandIsEnough() throws IOException, InterruptedException {
    Path log = scratch.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BlasqService.class.getName(),
                "--demo")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(log, Charset.defaultCharset())).contains("bob earned 13 tokens");
    assertThat(process.exitValue()).isZero();
  }

  private int run(String typed, String... arguments) throws IOException {
    byte[] lines = typed.getBytes(Charset.defaultCharset());
    Keyboard keyboard = new Keyboard(new ByteArrayInputStream(lines), out, Optional.empty());
    int code = Services.run(List.of(arguments), keyboard, out);
    assertThat(Thread.getAllStackTraces().keySet())
        .as("threads of the chain")
        .noneMatch(thread -> thread.getName().startsWith("klay-"));
    return code;
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
