package dev.klay.client.signer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.klay.crypto.DecodingException;
import dev.klay.crypto.hash.Keccak256;
import dev.klay.crypto.primitive.Bytes;
import dev.klay.crypto.secp256k1.PublicKey;
import dev.klay.crypto.secp256k1.Signature;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Signs at a service that keeps the key, by the protocol of Web3Signer: {@code POST
 * URL/api/v1/eth1/sign/PUBLICKEY} with {@code {"data": "0x.."}}, answered by 65 bytes in
 * hexadecimal: r, s, and 27 or 28. What comes back is verified before it is used. Owns its
 * connections: close it.
 *
 * <pre>{@code
 * try (HttpSigner signer = HttpSigner.connect("https://signer.internal:9000", publicKey)) {
 *   client.account(signer).send(friend, Amount.klay("1"));
 * }
 * }</pre>
 */
public final class HttpSigner implements Signer, AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int ANSWER_MAX = 1024;
  private static final int SIGNATURE_SIZE = 65;

  private final OkHttpClient http =
      new OkHttpClient.Builder().callTimeout(TIMEOUT).followRedirects(false).build();
  private final HttpUrl url;
  private final PublicKey key;

  private HttpSigner(HttpUrl url, PublicKey key) {
    this.url = url;
    this.key = key;
  }

  /**
   * A signer at a service; nothing is sent yet.
   *
   * @param url of the service, http or https
   * @param key that the service keeps
   * @throws IllegalArgumentException if it is no such address
   */
  public static HttpSigner connect(String url, PublicKey key) {
    HttpUrl path =
        HttpUrl.get(url)
            .newBuilder()
            .addPathSegments("api/v1/eth1/sign")
            .addPathSegment("0x" + key.toBytes().toHex().substring(2))
            .build();
    return new HttpSigner(path, key);
  }

  @Override
  public PublicKey publicKey() {
    return key;
  }

  @Override
  public Signature sign(Bytes payload) {
    Signature signature = parse(post(payload));
    if (!signature.isLowS() || !signature.verify(Keccak256.hash(payload), key)) {
      throw new SignerException("the signer at " + url.host() + " did not sign with " + address());
    }
    return signature;
  }

  private String post(Bytes payload) {
    Request request = new Request.Builder().url(url).post(body(payload)).build();
    try (Response response = http.newCall(request).execute()) {
      String text = response.peekBody(ANSWER_MAX).string().strip();
      if (!response.isSuccessful()) {
        throw new SignerException(
            "the signer at " + url.host() + " answered " + response.code() + " for " + address());
      }
      return text;
    } catch (IOException e) {
      throw new SignerException("the signer at " + url.host() + " does not answer: " + e, e);
    }
  }

  private static RequestBody body(Bytes payload) {
    try {
      String json = new JsonMapper().writeValueAsString(Map.of("data", payload.toHex()));
      return RequestBody.create(json, JSON);
    } catch (JsonProcessingException e) {
      throw new AssertionError("two strings are always JSON", e);
    }
  }

  private Signature parse(String text) {
    try {
      byte[] bytes = Bytes.fromHex(text.replace("\"", "")).toArray();
      if (bytes.length == SIGNATURE_SIZE && bytes[SIGNATURE_SIZE - 1] >= 27) {
        bytes[SIGNATURE_SIZE - 1] -= 27;
      }
      return Signature.decode(Bytes.wrap(bytes));
    } catch (DecodingException e) {
      throw new SignerException("the signer at " + url.host() + " answered no signature", e);
    }
  }

  private String address() {
    return key.toAddress().toString();
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  @Override
  public String toString() {
    return "signer of " + address() + " at " + url.host();
  }
}
