package dev.klay.client.web3j;

import dev.klay.core.json.Quantity;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;

/**
 * What Klaytn's nodes tell and web3j has no method for. Results are as JSON has them: maps, lists,
 * text, numbers.
 *
 * <pre>{@code
 * Map<String, Object> account = new KlaytnRequests(service).account(address).send().getResult();
 * }</pre>
 */
public final class KlaytnRequests {
  private static final String LATEST = "latest";

  private final Web3jService service;

  public KlaytnRequests(Web3jService service) {
    this.service = service;
  }

  /** An object, such as an account or a receipt; null if there is none. */
  public static final class ObjectResponse extends Response<Map<String, Object>> {}

  /** A list, such as a council. */
  public static final class ListResponse extends Response<List<Object>> {}

  /** A text, such as a transaction's hash. */
  public static final class TextResponse extends Response<String> {}

  /** Type, nonce, balance and key of an account. */
  public Request<Object, ObjectResponse> account(String address) {
    return request("klay_getAccount", ObjectResponse.class, address, LATEST);
  }

  /** What signs for an account. */
  public Request<Object, ObjectResponse> accountKey(String address) {
    return request("klay_getAccountKey", ObjectResponse.class, address, LATEST);
  }

  /** A receipt with all fields of its transaction, of Klaytn's types too. */
  public Request<Object, ObjectResponse> receipt(String transactionHash) {
    return request("klay_getTransactionReceipt", ObjectResponse.class, transactionHash);
  }

  /** A receipt by the hash that the sender knew before a fee payer signed. */
  public Request<Object, ObjectResponse> receiptBySenderHash(String senderTransactionHash) {
    return request(
        "klay_getTransactionReceiptBySenderTxHash", ObjectResponse.class, senderTransactionHash);
  }

  /** A transaction with all fields of its kind; null if there is none. */
  public Request<Object, ObjectResponse> transaction(String transactionHash) {
    return request("klay_getTransactionByHash", ObjectResponse.class, transactionHash);
  }

  /** The validators. */
  public Request<Object, ListResponse> council() {
    return request("klay_getCouncil", ListResponse.class, LATEST);
  }

  /** The validators who sealed the head. */
  public Request<Object, ListResponse> committee() {
    return request("klay_getCommittee", ListResponse.class, LATEST);
  }

  /** A block with its proposer and committee. */
  public Request<Object, ObjectResponse> sealedBlock(long number) {
    return request(
        "klay_getBlockWithConsensusInfoByNumber", ObjectResponse.class, Quantity.of(number));
  }

  /** Who was given what for a block: minted, fees, burnt, and the amount of each. */
  public Request<Object, ObjectResponse> rewards(long number) {
    return request("klay_getRewards", ObjectResponse.class, Quantity.of(number));
  }

  /** The governance parameters in force, by name. */
  public Request<Object, ObjectResponse> parameters() {
    return request("klay_getParams", ObjectResponse.class, LATEST);
  }

  /** Hands over a transaction of Klaytn's types, which {@code eth_sendRawTransaction} refuses. */
  public Request<Object, TextResponse> sendRawTransaction(String encoded) {
    return request("klay_sendRawTransaction", TextResponse.class, encoded);
  }

  /** Any other method. */
  public <T extends Response<?>> Request<Object, T> request(
      String method, Class<T> type, Object... params) {
    return new Request<>(method, Arrays.asList(params), service, type);
  }
}
