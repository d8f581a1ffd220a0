package dev.klay.examples.services;

import dev.klay.client.Account;
import dev.klay.client.contract.Contract;
import dev.klay.client.contract.ContractAbi;
import dev.klay.core.service.Receipt;
import dev.klay.crypto.primitive.Address;
import java.util.List;

/** The contract Blasq.sol as a Java object. Questions, and the answers of each, count from 1. */
@ContractAbi(resource = "Blasq.abi")
interface BlasqBoard {
  Receipt ask(Account asker, String text, long pool);

  Receipt answer(Account author, long question, String text);

  Receipt accept(Account asker, long question, List<Long> answers);

  State state(long question);

  /** What a call of {@code state} answers, in its order. */
  record State(Address asker, long pool, long answers, boolean accepted) {}

  Contract contract();
}
