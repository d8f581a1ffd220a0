package dev.klay.examples.aspen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AspenLauncherTest {
  @ParameterizedTest
  @ValueSource(strings = {"--web 127.0.0.1:8080"})
  void whatDoesNotExistYetSaysSo(String flags) {
    StringWriter errors = new StringWriter();
    assertThat(execute(errors, flags.split(" "))).isEqualTo(2);
    assertThat(errors.toString()).contains(flags.split(" ")[0] + " is not available yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--validators 0",
        "--rangers -1",
        "--block-time soon",
        "--http nowhere",
        "--ws 127.0.0.1:",
        "--chain-id 0",
        "--balance -5",
        "--mnemonic nonsense",
        "--nonsense"
      })
  void aWrongValueIsNamed(String flags) {
    StringWriter errors = new StringWriter();
    assertThat(execute(errors, flags.split(" "))).isEqualTo(2);
    assertThat(errors.toString()).isNotBlank();
  }

  private static int execute(StringWriter errors, String... flags) {
    CommandLine command = AspenLauncher.commandLine();
    command.setErr(new PrintWriter(errors, true));
    command.setOut(new PrintWriter(new StringWriter(), true));
    return command.execute(flags);
  }

  /**
   * S26, S41. A real process: it becomes ready, plays its scenario, shows blocks and ends when told
   * to.
   */
  @Tag("S26")
  @Tag("S41")
  @Test
  void theNetworkRunsUntilItIsToldToStop() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(AspenLauncher.class.getName());
    command.addAll(List.of("--validators", "4", "--rangers", "1", "--block-time", "100ms"));
    command.addAll(List.of("--http", "127.0.0.1:0", "--ws", "off"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int blocks = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        blocks += line.matches(" +[0-9]+ +Node0[1-4] .*") ? 1 : 0;
        if (blocks == 3) {
          break;
        }
      }
    }
    process.destroy();
    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches(
                    "ready http=127.0.0.1:[0-9]+ ws=off web=off chainId=1000 validators=4"))
        .anyMatch(
            line -> line.startsWith("transfer") && line.contains("fee 0.000525 KLAY, final: true"))
        .anyMatch(line -> line.startsWith("balance") && line.contains("998.999475 KLAY"))
        .anyMatch(
            line ->
                line.startsWith("assets")
                    && line.endsWith("[998.999475 KLAY, 0 RASPUTIN, 0 IRENE, 0 OKAKA]"));
  }
}
