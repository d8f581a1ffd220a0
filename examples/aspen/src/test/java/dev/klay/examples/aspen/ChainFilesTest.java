package dev.klay.examples.aspen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.client.Account;
import dev.klay.client.KlayChain;
import dev.klay.client.KlayClient;
import dev.klay.consensus.KlayNetwork;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.Genesis;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Amount;
import dev.klay.crypto.secp256k1.PrivateKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Chains that come from files: {@code --genesis}, {@code --import}, {@code --export}. */
class ChainFilesTest {
  private static final String FLAGS =
      "--validators 1 --rangers 0 --block-time 0 --accounts 2 --ws off --http 127.0.0.1:0";

  @TempDir private Path directory;
  private final StringWriter errors = new StringWriter();

  private int executeAll(String... flags) {
    CommandLine command = AspenLauncher.commandLine();
    command.setErr(new PrintWriter(errors, true));
    command.setOut(new PrintWriter(new StringWriter(), true));
    return command.execute(flags);
  }

  private int execute(String base, String... more) {
    List<String> flags = new ArrayList<>(Arrays.asList(base.split(" ")));
    flags.addAll(List.of(more));
    return executeAll(flags.toArray(String[]::new));
  }

  /** Two transfers on the chain that {@link #FLAGS} describe. */
  private Path blocks() throws IOException {
    List<PrivateKey> keys = KlayChain.devKeys(KlayChain.DEV_MNEMONIC.toCharArray(), 2);
    ChainSpec spec =
        ChainSpec.aspen()
            .withValidators(1)
            .withBlockPeriod(Duration.ZERO)
            .withAccounts(keys.stream().map(PrivateKey::address).toList(), Amount.klay(10_000));
    Path file = directory.resolve("blocks.rlp");
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(0).start()) {
      Account account = KlayClient.of(network).account(keys.get(0));
      account.send(keys.get(1).address(), Amount.klay(1));
      account.send(keys.get(1).address(), Amount.klay(2));
      long last = network.service().height().join();
      network.node(0).exportBlocks(Files.newOutputStream(file), 1, last, number -> {});
    }
    return file;
  }

  @Test
  void whatWasImportedIsExportedByteForByte() throws IOException {
    Path blocks = blocks();
    Path out = directory.resolve("out.rlp");
    assertThat(execute(FLAGS, "--import", blocks.toString(), "--export", out.toString()))
        .as(errors.toString())
        .isZero();
    assertThat(out).hasSameBinaryContentAs(blocks);
    assertThat(errors.toString())
        .containsPattern("import: block ([0-9]+), \\1 imported, 0 known, 2 transactions, 100 %")
        .containsPattern("export: blocks 1 to [0-9]+, [0-9]+ bytes");
  }

  @Test
  void aBrokenImportIsResumedWhereItWas() throws IOException {
    byte[] whole = Files.readAllBytes(blocks());
    Path file = Files.write(directory.resolve("half"), Arrays.copyOf(whole, whole.length - 7));
    String data = directory.resolve("data").toString();
    Path out = directory.resolve("out.rlp");
    String[] flags = {"--data", data, "--import", file.toString(), "--export", out.toString()};
    assertThat(execute(FLAGS, flags)).isEqualTo(1);
    Files.write(file, whole);
    assertThat(execute(FLAGS, flags)).as(errors.toString()).isZero();
    assertThat(errors.toString()).containsPattern(", 1 imported, [12] known");
    assertThat(out).hasBinaryContent(whole);
  }

  @Test
  void aNetworkGoesOnBehindTheImportedBlocks() throws IOException, InterruptedException {
    List<String> lines = run("--import", blocks().toString());
    assertThat(lines)
        .anyMatch(line -> line.startsWith("ready ") && line.endsWith("validators=1"))
        .anyMatch(line -> line.matches(" +[0-9]+ +Node01 .*"))
        .anyMatch(line -> line.startsWith("transfer") && line.contains("final: true"));
  }

  /** A real process with {@link #FLAGS}; its lines until it shows a block, or that it reads. */
  private static List<String> run(String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AspenLauncher.class.getName());
    command.addAll(List.of(FLAGS.split(" ")));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      boolean enough = false;
      while (!enough) {
        String line = reader.readLine();
        if (line == null) {
          break;
        }
        lines.add(line);
        enough =
            line.matches(" +[0-9]+ +Node01 .*")
                || line.startsWith("ready ") && line.endsWith("validators=0");
      }
    }
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return lines;
  }

  private Path genesis(Address validator) throws IOException {
    String json =
        """
        {"config": {"chainId": 4343, "unitPrice": 25000000000, "istanbul": {"epoch": 30, "policy": 0, "sub": 21},
          "governance": {"reward": {"mintingAmount": 9600000000000000000, "ratio": "100/0/0", "deferredTxFee": true}}},
         "timestamp": "0x5bba0000", "blockScore": "0x1", "extraData": "%s",
         "alloc": {"%s": {"balance": "0x56bc75e2d63100000"}}}
        """
            .formatted(Genesis.extraOf(List.of(validator)).toHex(), validator);
    return Files.writeString(directory.resolve("genesis.json"), json);
  }

  @Test
  void aKlaytnChainIsReadAndNobodySealsIt() throws IOException, InterruptedException {
    Path genesis = genesis(Address.parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
    assertThat(run("--genesis", genesis.toString()))
        .anyMatch(line -> line.startsWith("ready ") && line.endsWith("chainId=4343 validators=0"));
  }

  @Test
  void aGenesisWithPublishedValidatorsIsAChainThatGoesOn() throws IOException {
    Path genesis = genesis(ChainSpec.development().validators().get(0));
    ChainSpec spec = GenesisFile.read(genesis);
    try (KlayNetwork network = KlayNetwork.of(spec).rangers(0).start()) {
      network.awaitHeight(1);
      assertThat(network.service().info().spec().chainId()).isEqualTo(4343);
    }
  }

  @Test
  void whatIsWrongWithAFileIsSaid() throws IOException {
    assertThat(execute(FLAGS, "--import", "/nowhere/blocks.rlp")).isEqualTo(2);
    assertThat(errors.toString()).contains("--import: there is no file /nowhere/blocks.rlp");
    assertThat(execute(FLAGS, "--genesis", "/nowhere/genesis.json")).isEqualTo(2);
    assertThat(errors.toString()).contains("--genesis: /nowhere/genesis.json cannot be read");
    assertThat(execute(FLAGS, "--export", "/nowhere/out.rlp")).isEqualTo(2);
    assertThat(errors.toString()).contains("--export needs --data or --import");

    Path noGenesis = Files.writeString(directory.resolve("bad.json"), "{\"alloc\": {}}");
    assertThat(execute(FLAGS, "--genesis", noGenesis.toString())).isEqualTo(2);
    assertThat(errors.toString()).contains("genesis has no config object");
    Path genesis = genesis(Address.ZERO);
    assertThat(execute("--chain-id 5 --genesis " + genesis)).isEqualTo(2);
    assertThat(errors.toString()).contains("--chain-id is 5", "says 4343");

    byte[] cut = Files.readAllBytes(blocks());
    Path half = Files.write(directory.resolve("half"), Arrays.copyOf(cut, cut.length - 7));
    Path out = directory.resolve("out.rlp");
    assertThat(execute(FLAGS, "--import", half.toString(), "--export", out.toString()))
        .isEqualTo(1);
    assertThat(errors.toString()).contains("the file ends in the middle of a block");
    assertThat(out).doesNotExist();
  }
}
