package dev.klay.examples.aspen;

import dev.klay.core.config.CarriedState;
import dev.klay.core.config.ChainSpec;
import dev.klay.core.config.DevKeys;
import dev.klay.core.config.NetworkKind;
import dev.klay.core.importing.StateFileReader;
import dev.klay.core.importing.StateFileWriter;
import dev.klay.core.service.ImportedChain;
import dev.klay.core.storage.Storage;
import dev.klay.crypto.primitive.Address;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes genesis and state of a chain that begins with what another one ended with. */
@Command(
    name = "promote",
    description =
        "Writes genesis.json and state of a new chain, which begins with the accounts that the chain"
            + " in a stopped node's directory ended with.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PromoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--genesis",
      paramLabel = "FILE",
      required = true,
      description = "of the old chain")
  private Path genesis = Path.of("");

  @Option(names = "--data", paramLabel = "DIR", required = true, description = "of a stopped node")
  private Path data = Path.of("");

  @Option(
      names = "--chain-id",
      paramLabel = "N",
      required = true,
      description = "another than before")
  private long chainId;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "a new directory")
  private Path out = Path.of("");

  @Option(names = "--name", paramLabel = "NAME", description = "of the new chain (klay-N)")
  private String name = "";

  @Option(
      names = "--main",
      description = "a chain of real value: no faucet, no accounts whose keys are published")
  private boolean main;

  @Option(
      names = "--validators",
      paramLabel = "ADDRESS",
      split = ",",
      description = "of the new chain (those of the old one)")
  private List<String> validators = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    if (Files.exists(out)) {
      throw new ParameterException(spec.commandLine(), out + " exists; nothing was written");
    }
    if (!Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "--data: there is no directory " + data);
    }
    ChainSpec old = ChainSpec.parse(Files.readString(genesis));
    Files.createDirectories(out);
    Path file = out.resolve("state");
    try (ImportedChain chain = ImportedChain.open(old, Storage.directory(data));
        OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
      chain.exportState(to);
    }
    CarriedState state = read(file);
    if (main) {
      state = state.without(DevKeys.publishedAddresses());
      try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(file))) {
        StateFileWriter.write(state, to);
      }
    }
    ChainSpec next = promoted(old, state);
    Files.writeString(out.resolve("genesis.json"), next.toJson());
    spec.commandLine()
        .getOut()
        .printf(
            "wrote %s and %s: %s, %s%nstart each node once with --state %s and an empty --data%n",
            out.resolve("genesis.json"), file, state, state.origin().supply(), file);
    spec.commandLine().getOut().flush();
    return CommandLine.ExitCode.OK;
  }

  private ChainSpec promoted(ChainSpec old, CarriedState state) {
    ChainSpec next =
        old.promoted(
            name.isEmpty() ? "klay-" + chainId : name,
            main ? NetworkKind.MAIN : old.kind(),
            chainId,
            state);
    return validators.isEmpty()
        ? next
        : next.withValidators(validators.stream().map(Address::parse).toList());
  }

  /** The state in a file that this command, or a node, wrote. */
  static CarriedState read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return StateFileReader.read(in);
    }
  }
}
