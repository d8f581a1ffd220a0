package dev.klay.consensus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.UUID;

/** The machine is pure, and nothing here knows the client. */
@AnalyzeClasses(
    packages = "dev.klay.consensus",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] PURE = {
    "dev.klay.consensus.bft..", "dev.klay.consensus.validator.."
  };

  @ArchTest
  static final ArchRule theMachineTouchesNothingOutside =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.util.concurrent..",
              "java.net..",
              "java.io..",
              "java.nio.file..",
              "org.slf4j..",
              "dev.klay.consensus.node..",
              "dev.klay.consensus.transport..",
              "dev.klay.core.importing..",
              "dev.klay.core.txpool..");

  @ArchTest
  static final ArchRule theMachineReadsNoClockAndNoChance =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              Clock.class, Instant.class, UUID.class, Thread.class, HashMap.class, HashSet.class);

  /**
   * What the simulator runs gets time, threads and chance from outside, or seeds would not decide.
   */
  @ArchTest
  static final ArchRule whatIsSimulatedReadsNoClockAndStartsNoThread =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.klay.consensus.wal..",
              "dev.klay.consensus.wire..",
              "dev.klay.consensus.simulation..")
          .or()
          .haveSimpleName("NodeCore")
          .or()
          .haveSimpleName("BlockSync")
          .or()
          .haveSimpleName("AmnesiaWatch")
          .or()
          .haveSimpleName("PeerBook")
          .or()
          .haveSimpleName("EvidenceStore")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(System.class, "identityHashCode", Object.class)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, UUID.class, Thread.class, HashMap.class, HashSet.class)
          .orShould()
          .callMethod(Instant.class, "now");

  @ArchTest
  static final ArchRule nobodyPrints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule nothingKnowsTheClient =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.klay.client..");
}
