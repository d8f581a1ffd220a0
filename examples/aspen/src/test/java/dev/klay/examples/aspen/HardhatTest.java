package dev.klay.examples.aspen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.klay.crypto.project.NodeProject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The launcher as the network of a Hardhat project. Needs Node.js, and npm's registry or what it
 * has cached; skipped where either is missing. Nothing is installed but below target.
 */
@Tag("clients")
class HardhatTest {
  private static final NodeProject PROJECT =
      new NodeProject(Path.of("src", "test", "node"), Path.of("target", "hardhat"));
  private static final Pattern READY = Pattern.compile("ready http=(\\S+) .*");
  private static final int STOP_SECONDS = 10;

  @Test
  @Timeout(400)
  void aHardhatProjectUsesTheLauncherAsItsNetwork() throws IOException, InterruptedException {
    PROJECT.install();
    Process launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AspenLauncher.class.getName(),
                "--validators=1",
                "--rangers=0",
                "--block-time=0",
                "--dev",
                "--web=off",
                "--ws=off",
                "--http=127.0.0.1:0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = launcher.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines =
          PROJECT.run(
              240,
              Map.of(
                  "KLAY_URL", "http://" + address(out), "HARDHAT_DISABLE_TELEMETRY_PROMPT", "true"),
              "node",
              "node_modules/hardhat/internal/cli/bootstrap.js",
              "test",
              "network.test.js",
              "--no-compile");
      assertThat(lines).anyMatch(line -> line.contains("10 passing"));
      assertThat(lines).noneMatch(line -> line.contains("failing"));
    } finally {
      launcher.destroy();
      assertThat(launcher.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static String address(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return ready.group(1);
      }
    }
    throw new AssertionError("the launcher ended before it was ready");
  }
}
