package dev.klay.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * A client works without a node on the class path; only {@link KlayChain}, the bridge to web3j and
 * the test kit need one.
 */
@AnalyzeClasses(packages = "dev.klay.client", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheDevelopmentChainKnowsNodes =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.klay\\.client\\.KlayChain(\\$.*)?")
          .and()
          .resideOutsideOfPackages("dev.klay.client.web3j..", "dev.klay.client.junit..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.klay.consensus..");

  @ArchTest
  static final ArchRule theChainIsReachedThroughItsService =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.klay.core.importing..", "dev.klay.core.txpool..", "dev.klay.core.state..");

  @ArchTest
  static final ArchRule nobodyPrints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}
