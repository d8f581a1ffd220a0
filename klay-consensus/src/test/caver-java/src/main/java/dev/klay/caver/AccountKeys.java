package dev.klay.caver;

import static dev.klay.caver.Checks.equal;
import static dev.klay.caver.Checks.result;
import static dev.klay.caver.Checks.that;

import com.klaytn.caver.Caver;
import com.klaytn.caver.account.Account;
import com.klaytn.caver.account.AccountKeyFail;
import com.klaytn.caver.account.AccountKeyPublic;
import com.klaytn.caver.account.AccountKeyRoleBased;
import com.klaytn.caver.account.AccountKeyWeightedMultiSig;
import com.klaytn.caver.account.IAccountKey;
import com.klaytn.caver.account.WeightedMultiSigOptions;
import com.klaytn.caver.transaction.AbstractFeeDelegatedTransaction;
import com.klaytn.caver.transaction.AbstractTransaction;
import com.klaytn.caver.wallet.keyring.AbstractKeyring;
import com.klaytn.caver.wallet.keyring.KeyringFactory;
import com.klaytn.caver.wallet.keyring.MultipleKeyring;
import com.klaytn.caver.wallet.keyring.RoleBasedKeyring;
import com.klaytn.caver.wallet.keyring.SingleKeyring;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Accounts that get another key, several keys, keys by role, or none. */
final class AccountKeys {
  private static final WeightedMultiSigOptions TWO_OF_THREE =
      new WeightedMultiSigOptions(
          BigInteger.TWO, List.of(BigInteger.ONE, BigInteger.ONE, BigInteger.ONE));

  private final Network network;
  private final Caver caver;

  AccountKeys(Network network) {
    this.network = network;
    this.caver = network.caver;
  }

  void check(Checks checks) {
    checks.check("a public key of another pair", this::publicKey);
    checks.check("two of three keys, signed by two parties", this::severalKeys);
    checks.check("keys by role, one of them pays fees", this::keysByRole);
    checks.check("an account that nobody can use again", this::noKey);
    checks.check("account keys encoded and decoded by the node", this::encodings);
  }

  private void publicKey() throws Exception {
    SingleKeyring old = network.newAccount();
    SingleKeyring renewed =
        KeyringFactory.createWithSingleKey(old.getAddress(), KeyringFactory.generateSingleKey());
    update(old, renewed.toAccount());
    AccountKeyPublic key = (AccountKeyPublic) keyOf(old.getAddress());
    equal(renewed.toAccount().getAccountKey().getRLPEncoding(), key.getRLPEncoding());
    network.sendSigned(network.transfer(old.getAddress(), 1).sign(renewed));
    AbstractTransaction stale = network.transfer(old.getAddress(), 1).sign(old);
    that(!network.refusal(stale).isEmpty(), "the old key is refused");
    that(!caver.validator.validateTransaction(stale), "caver-java knows the new key, too");
  }

  private void severalKeys() throws Exception {
    SingleKeyring owner = network.newAccount();
    MultipleKeyring three =
        KeyringFactory.createWithMultipleKey(
            owner.getAddress(), KeyringFactory.generateMultipleKeys(3));
    update(owner, three.toAccount(TWO_OF_THREE));
    AccountKeyWeightedMultiSig key = (AccountKeyWeightedMultiSig) keyOf(owner.getAddress());
    equal(BigInteger.TWO, key.getThreshold());
    equal(3, key.getWeightedPublicKeys().size());

    AbstractTransaction first = network.transfer(owner.getAddress(), 1);
    first.sign(three, 0);
    that(!network.refusal(first).isEmpty(), "one of them is too few");
    AbstractTransaction second = network.transfer(owner.getAddress(), 1);
    second.sign(three, 2);
    network.sendRaw(first.combineSignedRawTransactions(List.of(second.getRLPEncoding())));
  }

  private void keysByRole() throws Exception {
    SingleKeyring owner = network.newAccount();
    RoleBasedKeyring roles =
        KeyringFactory.createWithRoleBasedKey(
            owner.getAddress(), KeyringFactory.generateRoleBasedKeys(new int[] {1, 2, 1}));
    List<WeightedMultiSigOptions> options =
        List.of(
            new WeightedMultiSigOptions(),
            new WeightedMultiSigOptions(BigInteger.ONE, List.of(BigInteger.ONE, BigInteger.ONE)),
            new WeightedMultiSigOptions());
    update(owner, roles.toAccount(options));
    AccountKeyRoleBased key = (AccountKeyRoleBased) keyOf(owner.getAddress());
    equal(3, key.getAccountKeys().size());
    that(key.getAccountKeys().get(1) instanceof AccountKeyWeightedMultiSig, "one of two updates");
    network.sendSigned(network.transfer(owner.getAddress(), 1).sign(roles));

    AbstractFeeDelegatedTransaction paidByRole =
        (AbstractFeeDelegatedTransaction)
            Transactions.build(
                caver,
                "FeeDelegatedValueTransfer",
                Map.of(
                    "from",
                    network.sender.getAddress(),
                    "to",
                    network.friend,
                    "value",
                    BigInteger.ONE,
                    "gas",
                    Network.GAS,
                    "feePayer",
                    owner.getAddress()));
    paidByRole.sign(network.sender);
    paidByRole.signAsFeePayer(roles);
    network.sendSigned(paidByRole);

    update(roles, Account.createWithAccountKeyLegacy(owner.getAddress()));
    network.sendSigned(network.transfer(owner.getAddress(), 1).sign(owner));
  }

  private void noKey() throws Exception {
    SingleKeyring owner = network.newAccount();
    update(owner, Account.createWithAccountKeyFail(owner.getAddress()));
    that(keyOf(owner.getAddress()) instanceof AccountKeyFail, "nobody signs for it");
    that(
        !network.refusal(network.transfer(owner.getAddress(), 1).sign(owner)).isEmpty(),
        "the old key is refused");
  }

  private void encodings() throws Exception {
    IAccountKey key =
        KeyringFactory.createWithMultipleKey(network.friend, KeyringFactory.generateMultipleKeys(3))
            .toAccount(TWO_OF_THREE)
            .getAccountKey();
    String encoded = result(caver.rpc.klay.encodeAccountKey(key));
    equal(key.getRLPEncoding(), encoded);
    IAccountKey decoded = result(caver.rpc.klay.decodeAccountKey(encoded)).getAccountKey();
    equal(encoded, decoded.getRLPEncoding());
  }

  private void update(AbstractKeyring owner, Account account) throws Exception {
    AbstractTransaction update =
        Transactions.build(
            caver,
            "AccountUpdate",
            Map.of("from", owner.getAddress(), "account", account, "gas", Network.GAS));
    network.sendSigned(update.sign(owner));
  }

  private IAccountKey keyOf(String address) throws Exception {
    return result(caver.rpc.klay.getAccountKey(address)).getAccountKey();
  }
}
