package dev.klay.consensus.bft;

import java.util.List;

/** A block that a quorum prepared in a round. */
public record PreparedCertificate(int round, ProposedBlock block, List<Prepare> prepares) {
  public PreparedCertificate {
    prepares = List.copyOf(prepares);
  }

  PreparedClaim claim() {
    return new PreparedClaim(round, block.hash());
  }
}
