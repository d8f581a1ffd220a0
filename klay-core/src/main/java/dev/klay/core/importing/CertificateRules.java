package dev.klay.core.importing;

import dev.klay.core.block.Block;
import dev.klay.core.importing.InvalidBlock.Reason;
import dev.klay.core.istanbul.IstanbulQuorum;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.primitive.Address;
import dev.klay.crypto.primitive.Hash;
import dev.klay.crypto.proof.CommitCertificate;
import dev.klay.crypto.proof.ExtraData;
import dev.klay.crypto.proof.SealRule;
import dev.klay.crypto.proof.Seals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether enough validators sealed a block: what makes it final. */
final class CertificateRules {
  private CertificateRules() {}

  /**
   * What is wrong with a block's committed seals, empty if nothing.
   *
   * @param qualified the validators of which so many must have sealed; all may
   */
  static Optional<InvalidBlock> check(
      SealRule rule,
      Hash genesisHash,
      Block block,
      Governance governance,
      List<Address> qualified) {
    ExtraData extra;
    try {
      extra = block.header().extraData();
    } catch (DecodingException e) {
      return HeaderRules.invalid(Reason.EXTRA_DATA, String.valueOf(e.getMessage()));
    }
    if (rule == SealRule.ISTANBUL) {
      return checkIstanbul(block, extra, governance, qualified);
    }
    CommitCertificate certificate =
        new CommitCertificate(
            block.number(), extra.round(rule), block.hash(), extra.committedSeals());
    return certificate
        .findFault(genesisHash, governance.validators())
        .map(fault -> new InvalidBlock(Reason.COMMITTED_SEALS, fault));
  }

  /** Klaytn: more than 2F seals, each by another member of the council. */
  private static Optional<InvalidBlock> checkIstanbul(
      Block block, ExtraData extra, Governance governance, List<Address> qualified) {
    List<Address> left = new ArrayList<>(governance.validators());
    long members =
        Math.min(qualified.size(), governance.parameters(block.number()).committeeSize());
    long needed = IstanbulQuorum.seals(members);
    if (extra.committedSeals().size() < needed) {
      return HeaderRules.invalid(
          Reason.COMMITTED_SEALS,
          extra.committedSeals().size() + " seals, at least " + needed + " are needed");
    }
    try {
      for (Address signer : Seals.istanbulSigners(block.hash(), extra.committedSeals())) {
        if (!left.remove(signer)) {
          return HeaderRules.invalid(
              Reason.COMMITTED_SEALS, signer + " sealed twice or is no validator");
        }
      }
    } catch (DecodingException e) {
      return HeaderRules.invalid(Reason.COMMITTED_SEALS, String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }
}
