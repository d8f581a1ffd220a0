package dev.klay.consensus.rpc;

import dev.klay.crypto.primitive.Address;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * All methods of one node, and what they keep open: filters and subscriptions. Of the node; closing
 * it ends them.
 */
public final class NodeRpc implements AutoCloseable {
  private final JsonRpc dispatcher;
  private final Filters filters;
  private final Subscriptions subscriptions;

  /**
   * The methods of a node.
   *
   * @param accounts that the node signs for
   * @param impersonated accounts that need no signature, on development chains
   * @param nodeName for the names of threads
   * @param sealsAtOnce whether a transaction that is ready is in a block before long
   */
  public NodeRpc(
      RpcChain chain,
      UnlockedAccounts accounts,
      Predicate<Address> impersonated,
      String nodeName,
      BooleanSupplier sealsAtOnce) {
    filters = new Filters(chain, System::nanoTime);
    subscriptions = new Subscriptions(chain, nodeName);
    Submission submission = new Submission(chain, sealsAtOnce);
    Object numbering = new Object();
    RpcMethods methods = new RpcMethods();
    for (Dialect dialect : Dialect.values()) {
      methods
          .add(new BlockMethods(chain, dialect))
          .add(new TransactionMethods(chain, dialect, submission))
          .add(new StateMethods(chain, dialect))
          .add(new CallMethods(chain, dialect))
          .add(new FeeMethods(chain, dialect))
          .add(new FilterMethods(chain, dialect, filters, subscriptions))
          .add(new AccountMethods(chain, dialect, accounts, impersonated, submission, numbering));
    }
    methods
        .add(new NodeMethods(chain))
        .add(new FeePayerMethods(chain, accounts, submission))
        .add(new SimulateMethods(chain))
        .add(new CommitteeMethods(chain))
        .add(new GovernanceMethods(chain))
        .add(new TxPoolMethods(chain))
        .add(new DebugMethods(chain))
        .add(new ServiceMethods(chain));
    dispatcher = new JsonRpc(methods, chain.limits());
  }

  /** Answers requests; more namespaces may be added to its table. */
  public JsonRpc dispatcher() {
    return dispatcher;
  }

  /** Open filters of all clients. */
  public int filterCount() {
    return filters.size();
  }

  /** Open subscriptions of all clients. */
  public int subscriptionCount() {
    return subscriptions.size();
  }

  @Override
  public void close() {
    filters.close();
    subscriptions.close();
  }
}
