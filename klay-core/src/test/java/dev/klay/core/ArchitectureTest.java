package dev.klay.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** Which package may know which, and what execution must not depend on. */
@AnalyzeClasses(packages = "dev.klay.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CORE = "dev.klay.core.";

  @ArchTest
  static final ArchRule theTrieKnowsNothingAbove =
      noClasses()
          .that()
          .resideInAPackage(CORE + "trie..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above("account", "state", "transaction", "block", "config"));

  @ArchTest
  static final ArchRule stateKnowsNeitherTransactionsNorBlocks =
      noClasses()
          .that()
          .resideInAnyPackage(CORE + "account..", CORE + "state..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above("transaction", "block", "config"));

  @ArchTest
  static final ArchRule executionKnowsNoChain =
      noClasses()
          .that()
          .resideInAnyPackage(CORE + "execution..", CORE + "call..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              CORE + "importing..",
              CORE + "storage..",
              CORE + "txpool..",
              CORE + "service..",
              CORE + "explorer..");

  @ArchTest
  static final ArchRule importingKnowsNoUsers =
      noClasses()
          .that()
          .resideInAnyPackage(CORE + "importing..", CORE + "storage..", CORE + "txpool..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE + "service..", CORE + "explorer..");

  @ArchTest
  static final ArchRule executionIsAFunction =
      noClasses()
          .that()
          .resideInAnyPackage(
              CORE + "trie..",
              CORE + "account..",
              CORE + "state..",
              CORE + "transaction..",
              CORE + "block..",
              CORE + "config..",
              CORE + "execution..",
              CORE + "call..",
              CORE + "importing..")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Instant.class, InstantSource.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.nio.file..", "org.slf4j..");

  @ArchTest
  static final ArchRule nobodyPrints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  private static String[] above(String... lower) {
    String[] upper = {"execution", "importing", "storage", "txpool", "service", "explorer"};
    String[] all = new String[lower.length + upper.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = CORE + (i < lower.length ? lower[i] : upper[i - lower.length]) + "..";
    }
    return all;
  }
}
