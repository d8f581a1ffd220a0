package dev.klay.client.web3j;

import dev.klay.client.contract.PartnerToken;
import io.reactivex.Flowable;
import java.math.BigInteger;
import java.util.List;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tx.Contract;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;

/** The shape that web3j's generator gives a wrapper, for the partner token. */
final class PartnerTokenWrapper extends Contract {
  private static final Event TRANSFER =
      new Event(
          "Transfer",
          List.of(
              new TypeReference<Address>(true) {},
              new TypeReference<Address>(true) {},
              new TypeReference<Uint256>() {}));

  PartnerTokenWrapper(
      String address, Web3j web3j, TransactionManager manager, ContractGasProvider gas) {
    super(PartnerToken.code().initCode().toHex(), address, web3j, manager, gas);
  }

  static PartnerTokenWrapper deploy(
      Web3j web3j,
      TransactionManager manager,
      ContractGasProvider gas,
      String name,
      String symbol,
      BigInteger supply)
      throws Exception {
    String constructor =
        FunctionEncoder.encodeConstructor(
            List.of(
                new Utf8String(name),
                new Utf8String(symbol),
                new Uint8(BigInteger.ZERO),
                new Uint256(supply)));
    return deployRemoteCall(
            PartnerTokenWrapper.class,
            web3j,
            manager,
            gas,
            PartnerToken.code().initCode().toHex(),
            constructor)
        .send();
  }

  RemoteFunctionCall<BigInteger> balanceOf(String owner) {
    return executeRemoteCallSingleValueReturn(
        new Function(
            "balanceOf", List.of(new Address(owner)), List.of(new TypeReference<Uint256>() {})),
        BigInteger.class);
  }

  RemoteFunctionCall<String> symbol() {
    return executeRemoteCallSingleValueReturn(
        new Function("symbol", List.of(), List.of(new TypeReference<Utf8String>() {})),
        String.class);
  }

  RemoteFunctionCall<TransactionReceipt> transfer(String to, BigInteger amount) {
    return executeRemoteCallTransaction(
        new Function(
            "transfer",
            List.of(new Address(to), new Uint256(amount)),
            List.of(new TypeReference<Bool>() {})));
  }

  List<BigInteger> transferred(TransactionReceipt receipt) {
    return extractEventParametersWithLog(TRANSFER, receipt).stream()
        .map(values -> (BigInteger) values.getNonIndexedValues().get(0).getValue())
        .toList();
  }

  Flowable<Log> transfers() {
    EthFilter filter =
        new EthFilter(
            DefaultBlockParameterName.EARLIEST,
            DefaultBlockParameterName.LATEST,
            getContractAddress());
    filter.addSingleTopic(EventEncoder.encode(TRANSFER));
    return web3j.ethLogFlowable(filter);
  }
}
