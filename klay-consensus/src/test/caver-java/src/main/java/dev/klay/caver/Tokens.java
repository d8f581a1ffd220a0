package dev.klay.caver;

import static dev.klay.caver.Checks.equal;
import static dev.klay.caver.Checks.sameText;
import static dev.klay.caver.Checks.that;

import com.klaytn.caver.Caver;
import com.klaytn.caver.contract.SendOptions;
import com.klaytn.caver.kct.kip17.KIP17;
import com.klaytn.caver.kct.kip17.KIP17DeployParams;
import com.klaytn.caver.kct.kip37.KIP37;
import com.klaytn.caver.kct.kip37.KIP37DeployParams;
import com.klaytn.caver.kct.kip7.KIP7;
import com.klaytn.caver.kct.kip7.KIP7DeployParams;
import java.math.BigInteger;
import java.util.List;

/** caver-java's own token contracts, as its compiler made them in 2019. */
final class Tokens {
  private static final BigInteger SUPPLY = BigInteger.valueOf(1_000);
  private static final BigInteger GAS = BigInteger.valueOf(10_000_000);
  private static final BigInteger ID = BigInteger.valueOf(5);

  private final Caver caver;
  private final String sender;
  private final String payer;
  private final SendOptions plain;
  private final SendOptions delegated;

  Tokens(Network network) {
    this.caver = network.caver;
    this.sender = network.sender.getAddress();
    this.payer = network.payer.getAddress();
    plain = network.plain();
    plain.setGas(GAS);
    delegated = network.delegated();
    delegated.setGas(GAS);
  }

  void check(Checks checks) {
    checks.check("KIP-7 tokens", this::kip7);
    checks.check("KIP-17 tokens", this::kip17);
    checks.check("KIP-37 tokens", this::kip37);
  }

  private void kip7() throws Exception {
    KIP7 token = KIP7.deploy(caver, new KIP7DeployParams("Points", "PTS", 8, SUPPLY), delegated);
    token.setDefaultSendOptions(plain);
    equal("PTS", token.symbol());
    equal(8, token.decimals());
    equal(SUPPLY, token.totalSupply());
    token.transfer(payer, BigInteger.TEN);
    token.safeTransfer(payer, BigInteger.ONE, delegated);
    equal(BigInteger.valueOf(11), token.balanceOf(payer));
    token.approve(payer, BigInteger.TWO);
    equal(BigInteger.TWO, token.allowance(sender, payer));
    SendOptions byPayer = new SendOptions(payer, GAS);
    token.transferFrom(sender, payer, BigInteger.TWO, byPayer);
    token.mint(payer, BigInteger.ONE);
    token.burn(BigInteger.TEN);
    equal(SUPPLY.subtract(BigInteger.valueOf(9)), token.totalSupply());
    token.pause();
    that(token.paused(), "nobody sends now");
    token.unpause();
    that(KIP7.detectInterface(caver, token.getContractAddress()).get("IKIP7"), "it is a KIP-7");
  }

  private void kip17() throws Exception {
    KIP17 token = KIP17.deploy(caver, new KIP17DeployParams("Badge", "BDG"), plain);
    token.setDefaultSendOptions(plain);
    token.mintWithTokenURI(sender, ID, "https://tokens.example/5");
    equal("https://tokens.example/5", token.tokenURI(ID));
    sameText(sender, token.ownerOf(ID));
    token.safeTransferFrom(sender, payer, ID, delegated);
    sameText(payer, token.ownerOf(ID));
    equal(ID, token.tokenOwnerByIndex(payer, BigInteger.ZERO));
    that(KIP17.detectInterface(caver, token.getContractAddress()).get("IKIP17"), "it is a KIP-17");
  }

  private void kip37() throws Exception {
    KIP37 token = KIP37.deploy(caver, new KIP37DeployParams("https://tokens.example/{id}"), plain);
    token.setDefaultSendOptions(plain);
    token.create(ID, SUPPLY, "https://tokens.example/5");
    token.safeTransferFrom(sender, payer, ID, BigInteger.TEN);
    token.mint(payer, ID, BigInteger.ONE);
    equal(
        List.of(BigInteger.valueOf(990), BigInteger.valueOf(11)),
        token.balanceOfBatch(new String[] {sender, payer}, new BigInteger[] {ID, ID}));
    equal(SUPPLY.add(BigInteger.ONE), token.totalSupply(ID));
    token.setApprovalForAll(payer, true);
    that(token.isApprovedForAll(sender, payer), "the other may send");
    that(KIP37.detectInterface(caver, token.getContractAddress()).get("IKIP37"), "it is a KIP-37");
  }
}
