package dev.klay.client.web3j.generated;

import io.reactivex.Flowable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Int64;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.RemoteCall;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.BaseEventResponse;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tuples.generated.Tuple3;
import org.web3j.tx.Contract;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;

/**
 * <p>Auto generated code.
 * <p><strong>Do not modify!</strong>
 * <p>Please use the <a href="https://docs.web3j.io/command_line.html">web3j command line tools</a>,
 * or the org.web3j.codegen.SolidityFunctionWrapperGenerator in the 
 * <a href="https://github.com/hyperledger-web3j/web3j/tree/main/codegen">codegen module</a> to update.
 *
 * <p>Generated with web3j version 4.13.0.
 */
@SuppressWarnings("rawtypes")
public class Market extends Contract {
    public static final String BINARY = "608060405234801561001057600080fd5b506040516110b03803806110b083398101604081905261002f91610058565b600061003b82826101ba565b505061027c565b634e487b7160e01b600052604160045260246000fd5b60006020828403121561006a57600080fd5b81516001600160401b0381111561008057600080fd5b8201601f8101841361009157600080fd5b80516001600160401b038111156100aa576100aa610042565b604051601f8201601f19908116603f011681016001600160401b03811182821017156100d8576100d8610042565b6040528181528282016020018610156100f057600080fd5b60005b8281101561010f576020818501810151838301820152016100f3565b50600091810160200191909152949350505050565b600181811c9082168061013857607f821691505b60208210810361015857634e487b7160e01b600052602260045260246000fd5b50919050565b601f8211156101b557828211156101b557806000526020600020601f840160051c602085101561018c575060005b90810190601f840160051c0360005b818110156101b15760008382015560010161019b565b5050505b505050565b81516001600160401b038111156101d3576101d3610042565b6101e7816101e18454610124565b8461015e565b6020601f82116001811461021b57600083156102035750848201515b600019600385901b1c1916600184901b178455610275565b600084815260208120601f198516915b8281101561024b578785015182556020948501946001909201910161022b565b50848210156102695786840151600019600387901b60f8161c191681555b505060018360011b0184555b5050505050565b610e258061028b6000396000f3fe6080604052600436106100865760003560e01c80638d9668e8116100595780638d9668e814610134578063b16a867c14610162578063d96a094a14610186578063f2aa82181461019b578063fb048705146101e957600080fd5b806306fdde031461008b57806310c4e8b0146100b657806329620778146100d85780635767756414610105575b600080fd5b34801561009757600080fd5b506100a0610216565b6040516100ad9190610878565b60405180910390f35b3480156100c257600080fd5b506100cb6102a4565b6040516100ad91906108cf565b3480156100e457600080fd5b506100f86100f3366004610934565b6103b8565b6040516100ad91906109ab565b34801561011157600080fd5b506101256101203660046109ee565b610473565b6040516100ad93929190610a86565b34801561014057600080fd5b5061015461014f366004610ab2565b6104c6565b6040519081526020016100ad565b34801561016e57600080fd5b5061017761054f565b6040516100ad93929190610aed565b610199610194366004610b17565b6105f5565b005b3480156101a757600080fd5b506101d16101b6366004610b17565b6002602052600090815260409020546001600160a01b031681565b6040516001600160a01b0390911681526020016100ad565b3480156101f557600080fd5b50610209610204366004610b17565b610723565b6040516100ad9190610b30565b6000805461022390610b43565b80601f016020809104026020016040519081016040528092919081815260200182805461024f90610b43565b801561029c5780601f106102715761010080835404028352916020019161029c565b820191906000526020600020905b81548152906001019060200180831161027f57829003601f168201915b505050505081565b60606001805480602002602001604051908101604052809291908181526020016000905b828210156103af57838290600052602060002090600302016040518060600160405290816000820180546102fb90610b43565b80601f016020809104026020016040519081016040528092919081815260200182805461032790610b43565b80156103745780601f1061034957610100808354040283529160200191610374565b820191906000526020600020905b81548152906001019060200180831161035757829003601f168201915b50505091835250506001828101546020808401919091526002909301546001600160a01b0316604090920191909152918352920191016102c8565b50505050905090565b60608167ffffffffffffffff8111156103d3576103d3610b7d565b6040519080825280602002602001820160405280156103fc578160200160208202803683370190505b50905060005b8281101561046c57600184848381811061041e5761041e610b93565b905060200201358154811061043557610435610b93565b90600052602060002090600302016001015482828151811061045957610459610b93565b6020908102919091010152600101610402565b5092915050565b6000606060008686868682828080601f016020809104026020016040519081016040528093929190818152602001838380828437600092019190915250969e929d50929b50909950505050505050505050565b60018054808201825560009190915281600382027fb10e2d527612073b26eecdfd717e6a320cf44b4afac2b0732d9fcbe2b7fa0cf6016105068282610c30565b5050336001600160a01b0316817fbba3ccef1d8da84bccaf05af1b1f1b580f0f85bd828d66ff66c3074b5d775a25846040516105429190610d72565b60405180910390a3919050565b60606000806000600180549050600182805461056a90610b43565b80601f016020809104026020016040519081016040528092919081815260200182805461059690610b43565b80156105e35780601f106105b8576101008083540402835291602001916105e3565b820191906000526020600020905b8154815290600101906020018083116105c657829003601f168201915b50505050509250925092509250909192565b6001818154811061060857610608610b93565b90600052602060002090600302016001015434101561067457346001828154811061063557610635610b93565b90600052602060002090600302016001015460405163618bc7c960e01b815260040161066b929190918252602082015260400190565b60405180910390fd5b6000818152600260205260409020546001600160a01b0316156106c25760405162461bcd60e51b815260040161066b906020808252600490820152631cdbdb1960e21b604082015260600190565b6000818152600260205260409081902080546001600160a01b03191633908117909155905182907fd2728f908c7e0feb83c6278798370fcb86b62f236c9dbf1a3f541096c2159040906107189034815260200190565b60405180910390a350565b6107506040518060600160405280606081526020016000815260200160006001600160a01b031681525090565b6001828154811061076357610763610b93565b906000526020600020906003020160405180606001604052908160008201805461078c90610b43565b80601f01602080910402602001604051908101604052809291908181526020018280546107b890610b43565b80156108055780601f106107da57610100808354040283529160200191610805565b820191906000526020600020905b8154815290600101906020018083116107e857829003601f168201915b5050509183525050600182015460208201526002909101546001600160a01b031660409091015292915050565b6000815180845260005b818110156108585760208185018101518683018201520161083c565b506000602082860101526020601f19601f83011685010191505092915050565b60208152600061088b6020830184610832565b9392505050565b60008151606084526108a76060850182610832565b602084810151908601526040938401516001600160a01b031693909401929092525090919050565b6000602082016020835280845180835260408501915060408160051b86010192506020860160005b8281101561092857603f19878603018452610913858351610892565b945060209384019391909101906001016108f7565b50929695505050505050565b6000806020838503121561094757600080fd5b823567ffffffffffffffff81111561095e57600080fd5b8301601f8101851361096f57600080fd5b803567ffffffffffffffff81111561098657600080fd5b8560208260051b840101111561099b57600080fd5b6020919091019590945092505050565b602080825282518282018190526000918401906040840190835b818110156109e35783518352602093840193909201916001016109c5565b509095945050505050565b60008060008060608587031215610a0457600080fd5b84359350602085013567ffffffffffffffff811115610a2257600080fd5b8501601f81018713610a3357600080fd5b803567ffffffffffffffff811115610a4a57600080fd5b876020828401011115610a5c57600080fd5b602091909101935091506040850135600781900b8114610a7b57600080fd5b939692955090935050565b838152606060208201526000610a9f6060830185610832565b90508260070b6040830152949350505050565b600060208284031215610ac457600080fd5b813567ffffffffffffffff811115610adb57600080fd5b82016060818503121561088b57600080fd5b606081526000610b006060830186610832565b602083019490945250901515604090910152919050565b600060208284031215610b2957600080fd5b5035919050565b60208152600061088b6020830184610892565b600181811c90821680610b5757607f821691505b602082108103610b7757634e487b7160e01b600052602260045260246000fd5b50919050565b634e487b7160e01b600052604160045260246000fd5b634e487b7160e01b600052603260045260246000fd5b601f821115610c005782821115610c0057806000526020600020601f840160051c6020851015610bd7575060005b90810190601f840160051c0360005b81811015610bfc57600083820155600101610be6565b5050505b505050565b6001600160a01b0381168114610c1a57600080fd5b50565b60008135610c2a81610c05565b92915050565b8135601e19833603018112610c4457600080fd5b8201803567ffffffffffffffff81118015610c5e57600080fd5b813603602084011315610c7057600080fd5b60009050610c8882610c828654610b43565b86610ba9565b80601f831160018114610cbd57828415610ca55750848201602001355b600019600386901b1c1916600185901b178655610d1c565b600086815260209020601f19851690845b82811015610cf057602085890181013583559485019460019092019101610cce565b5085821015610d105760001960f88760031b161c19602085890101351681555b505060018460011b0186555b505050505060208201356001820155610d5e610d3a60408401610c1d565b6002830180546001600160a01b0319166001600160a01b0392909216919091179055565b5050565b8035610d6d81610c05565b919050565b6020815260008235601e19843603018112610d8c57600080fd5b830160208101903567ffffffffffffffff811115610da957600080fd5b803603821315610db857600080fd5b60606020850152806080850152808260a0860137600060a082860101526000915060208501359150816040850152610df260408601610d62565b6001600160a01b03811660608601529150601f01601f19169290920160a001939250505056fea164736f6c6343000825000a";

    private static String librariesLinkedBinary;

    public static final String FUNC_ALL = "all";

    public static final String FUNC_BUY = "buy";

    public static final String FUNC_BUYERS = "buyers";

    public static final String FUNC_ECHO = "echo";

    public static final String FUNC_ITEMOF = "itemOf";

    public static final String FUNC_NAME = "name";

    public static final String FUNC_OFFER = "offer";

    public static final String FUNC_PRICES = "prices";

    public static final String FUNC_SUMMARY = "summary";

    public static final Event BOUGHT_EVENT = new Event("Bought", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>(true) {}, new TypeReference<Address>(true) {}, new TypeReference<Uint256>() {}));
    ;

    public static final Event OFFERED_EVENT = new Event("Offered", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>(true) {}, new TypeReference<Address>(true) {}, new TypeReference<Item>() {}));
    ;

    @Deprecated
    protected Market(String contractAddress, Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    protected Market(String contractAddress, Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider) {
        super(BINARY, contractAddress, web3j, credentials, contractGasProvider);
    }

    @Deprecated
    protected Market(String contractAddress, Web3j web3j, TransactionManager transactionManager,
            BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    protected Market(String contractAddress, Web3j web3j, TransactionManager transactionManager,
            ContractGasProvider contractGasProvider) {
        super(BINARY, contractAddress, web3j, transactionManager, contractGasProvider);
    }

    public static List<BoughtEventResponse> getBoughtEvents(TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(BOUGHT_EVENT, transactionReceipt);
        ArrayList<BoughtEventResponse> responses = new ArrayList<BoughtEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            BoughtEventResponse typedResponse = new BoughtEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.id = (BigInteger) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.buyer = (String) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.paid = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static BoughtEventResponse getBoughtEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(BOUGHT_EVENT, log);
        BoughtEventResponse typedResponse = new BoughtEventResponse();
        typedResponse.log = log;
        typedResponse.id = (BigInteger) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.buyer = (String) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.paid = (BigInteger) eventValues.getNonIndexedValues().get(0).getValue();
        return typedResponse;
    }

    public Flowable<BoughtEventResponse> boughtEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getBoughtEventFromLog(log));
    }

    public Flowable<BoughtEventResponse> boughtEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(BOUGHT_EVENT));
        return boughtEventFlowable(filter);
    }

    public static List<OfferedEventResponse> getOfferedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(OFFERED_EVENT, transactionReceipt);
        ArrayList<OfferedEventResponse> responses = new ArrayList<OfferedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            OfferedEventResponse typedResponse = new OfferedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.id = (BigInteger) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.seller = (String) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.item = (Item) eventValues.getNonIndexedValues().get(0);
            responses.add(typedResponse);
        }
        return responses;
    }

    public static OfferedEventResponse getOfferedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(OFFERED_EVENT, log);
        OfferedEventResponse typedResponse = new OfferedEventResponse();
        typedResponse.log = log;
        typedResponse.id = (BigInteger) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.seller = (String) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.item = (Item) eventValues.getNonIndexedValues().get(0);
        return typedResponse;
    }

    public Flowable<OfferedEventResponse> offeredEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getOfferedEventFromLog(log));
    }

    public Flowable<OfferedEventResponse> offeredEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(OFFERED_EVENT));
        return offeredEventFlowable(filter);
    }

    public RemoteFunctionCall<List> all() {
        final Function function = new Function(FUNC_ALL, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<DynamicArray<Item>>() {}));
        return new RemoteFunctionCall<List>(function,
                new Callable<List>() {
                    @Override
                    @SuppressWarnings("unchecked")
                    public List call() throws Exception {
                        List<Type> result = (List<Type>) executeCallSingleValueReturn(function, List.class);
                        return convertToNative(result);
                    }
                });
    }

    public RemoteFunctionCall<TransactionReceipt> buy(BigInteger id, BigInteger weiValue) {
        final Function function = new Function(
                FUNC_BUY, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Uint256(id)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function, weiValue);
    }

    public RemoteFunctionCall<String> buyers(BigInteger param0) {
        final Function function = new Function(FUNC_BUYERS, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Uint256(param0)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}));
        return executeRemoteCallSingleValueReturn(function, String.class);
    }

    public RemoteFunctionCall<Tuple3<byte[], byte[], BigInteger>> echo(byte[] word, byte[] data,
            BigInteger number) {
        final Function function = new Function(FUNC_ECHO, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(word), 
                new org.web3j.abi.datatypes.DynamicBytes(data), 
                new org.web3j.abi.datatypes.generated.Int64(number)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}, new TypeReference<DynamicBytes>() {}, new TypeReference<Int64>() {}));
        return new RemoteFunctionCall<Tuple3<byte[], byte[], BigInteger>>(function,
                new Callable<Tuple3<byte[], byte[], BigInteger>>() {
                    @Override
                    public Tuple3<byte[], byte[], BigInteger> call() throws Exception {
                        List<Type> results = executeCallMultipleValueReturn(function);
                        return new Tuple3<byte[], byte[], BigInteger>(
                                (byte[]) results.get(0).getValue(), 
                                (byte[]) results.get(1).getValue(), 
                                (BigInteger) results.get(2).getValue());
                    }
                });
    }

    public RemoteFunctionCall<Item> itemOf(BigInteger id) {
        final Function function = new Function(FUNC_ITEMOF, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Uint256(id)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Item>() {}));
        return executeRemoteCallSingleValueReturn(function, Item.class);
    }

    public RemoteFunctionCall<String> name() {
        final Function function = new Function(FUNC_NAME, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Utf8String>() {}));
        return executeRemoteCallSingleValueReturn(function, String.class);
    }

    public RemoteFunctionCall<TransactionReceipt> offer(Item item) {
        final Function function = new Function(
                FUNC_OFFER, 
                Arrays.<Type>asList(item), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<List> prices(List<BigInteger> ids) {
        final Function function = new Function(FUNC_PRICES, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.DynamicArray<org.web3j.abi.datatypes.generated.Uint256>(
                        org.web3j.abi.datatypes.generated.Uint256.class,
                        org.web3j.abi.Utils.typeMap(ids, org.web3j.abi.datatypes.generated.Uint256.class))), 
                Arrays.<TypeReference<?>>asList(new TypeReference<DynamicArray<Uint256>>() {}));
        return new RemoteFunctionCall<List>(function,
                new Callable<List>() {
                    @Override
                    @SuppressWarnings("unchecked")
                    public List call() throws Exception {
                        List<Type> result = (List<Type>) executeCallSingleValueReturn(function, List.class);
                        return convertToNative(result);
                    }
                });
    }

    public RemoteFunctionCall<Tuple3<String, BigInteger, Boolean>> summary() {
        final Function function = new Function(FUNC_SUMMARY, 
                Arrays.<Type>asList(), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Utf8String>() {}, new TypeReference<Uint256>() {}, new TypeReference<Bool>() {}));
        return new RemoteFunctionCall<Tuple3<String, BigInteger, Boolean>>(function,
                new Callable<Tuple3<String, BigInteger, Boolean>>() {
                    @Override
                    public Tuple3<String, BigInteger, Boolean> call() throws Exception {
                        List<Type> results = executeCallMultipleValueReturn(function);
                        return new Tuple3<String, BigInteger, Boolean>(
                                (String) results.get(0).getValue(), 
                                (BigInteger) results.get(1).getValue(), 
                                (Boolean) results.get(2).getValue());
                    }
                });
    }

    @Deprecated
    public static Market load(String contractAddress, Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit) {
        return new Market(contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    @Deprecated
    public static Market load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit) {
        return new Market(contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    public static Market load(String contractAddress, Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider) {
        return new Market(contractAddress, web3j, credentials, contractGasProvider);
    }

    public static Market load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider) {
        return new Market(contractAddress, web3j, transactionManager, contractGasProvider);
    }

    public static RemoteCall<Market> deploy(Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider, String name_) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Utf8String(name_)));
        return deployRemoteCall(Market.class, web3j, credentials, contractGasProvider, getDeploymentBinary(), encodedConstructor);
    }

    public static RemoteCall<Market> deploy(Web3j web3j, TransactionManager transactionManager,
            ContractGasProvider contractGasProvider, String name_) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Utf8String(name_)));
        return deployRemoteCall(Market.class, web3j, transactionManager, contractGasProvider, getDeploymentBinary(), encodedConstructor);
    }

    @Deprecated
    public static RemoteCall<Market> deploy(Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit, String name_) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Utf8String(name_)));
        return deployRemoteCall(Market.class, web3j, credentials, gasPrice, gasLimit, getDeploymentBinary(), encodedConstructor);
    }

    @Deprecated
    public static RemoteCall<Market> deploy(Web3j web3j, TransactionManager transactionManager,
            BigInteger gasPrice, BigInteger gasLimit, String name_) {
        String encodedConstructor = FunctionEncoder.encodeConstructor(Arrays.<Type>asList(new org.web3j.abi.datatypes.Utf8String(name_)));
        return deployRemoteCall(Market.class, web3j, transactionManager, gasPrice, gasLimit, getDeploymentBinary(), encodedConstructor);
    }

    public static void linkLibraries(List<Contract.LinkReference> references) {
        librariesLinkedBinary = linkBinaryWithReferences(BINARY, references);
    }

    private static String getDeploymentBinary() {
        if (librariesLinkedBinary != null) {
            return librariesLinkedBinary;
        } else {
            return BINARY;
        }
    }

    public static class Item extends DynamicStruct {
        public String name;

        public BigInteger price;

        public String seller;

        public Item(String name, BigInteger price, String seller) {
            super(new org.web3j.abi.datatypes.Utf8String(name), 
                    new org.web3j.abi.datatypes.generated.Uint256(price), 
                    new org.web3j.abi.datatypes.Address(160, seller));
            this.name = name;
            this.price = price;
            this.seller = seller;
        }

        public Item(Utf8String name, Uint256 price, Address seller) {
            super(name, price, seller);
            this.name = name.getValue();
            this.price = price.getValue();
            this.seller = seller.getValue();
        }
    }

    public static class BoughtEventResponse extends BaseEventResponse {
        public BigInteger id;

        public String buyer;

        public BigInteger paid;
    }

    public static class OfferedEventResponse extends BaseEventResponse {
        public BigInteger id;

        public String seller;

        public Item item;
    }
}
