import { createRequire } from 'node:module';
import { check, failure, textOf, assert } from './checks.mjs';

const Caver = createRequire(import.meta.url)('caver-js');

export async function withCaver({ http, ws, keys, chainId, counter, keystores }) {
  const caver = new Caver(http);
  const sender = caver.wallet.keyring.createFromPrivateKey(keys[4]);
  const payer = caver.wallet.keyring.createFromPrivateKey(keys[5]);
  caver.wallet.add(sender);
  caver.wallet.add(payer);
  const friend = caver.wallet.keyring.generate();
  let address;

  await check('caver: network and account', async () => {
    assert.equal(parseInt(await caver.rpc.klay.getChainId(), 16), chainId);
    assert.equal(await caver.rpc.klay.getGasPrice(), '0x5d21dba00');
    assert.equal((await caver.rpc.klay.getAccount(sender.address)).accType, 1);
    assert.equal(await caver.rpc.klay.accountCreated(friend.address), false);
    assert.equal((await caver.rpc.klay.getCommittee()).length, 1);
    assert.ok((await caver.rpc.net.getNetworkId()) > 0);
  });

  async function send(tx) {
    await caver.wallet.sign(sender.address, tx);
    const delegated = tx.feePayer && tx.feePayer !== '0x';
    if (delegated) {
      await caver.wallet.signAsFeePayer(payer.address, tx);
    }
    const receipt = await caver.rpc.klay.sendRawTransaction(tx);
    assert.equal(receipt.status, '0x1');
    assert.equal(receipt.type, tx.type);
    assert.equal((await caver.rpc.klay.getTransactionByHash(receipt.transactionHash)).hash, receipt.transactionHash);
    return receipt;
  }

  const from = sender.address;
  const plain = { from, gas: 1_500_000 };
  const abi = (name, ...args) => caver.abi.encodeFunctionCall(counter.abi.find((e) => e.name === name), args);
  const kinds = {
    valueTransfer: () => ({ ...plain, to: friend.address, value: 5 }),
    valueTransferMemo: () => ({ ...plain, to: friend.address, value: 5, input: '0x68656c6c6f' }),
    smartContractDeploy: () => ({ ...plain, input: counter.bytecode + '0'.repeat(63) + '7' }),
    smartContractExecution: () => ({ ...plain, to: address, value: 0, input: abi('increase', 1) }),
    accountUpdate: () => ({ ...plain, account: caver.account.createWithAccountKeyLegacy(from) }),
    cancel: async () => ({ ...plain, nonce: await caver.rpc.klay.getTransactionCount(from) }),
  };
  const variants = { '': {}, feeDelegated: { feePayer: payer.address }, WithRatio: { feePayer: payer.address, feeRatio: 30 } };
  for (const [kind, fields] of Object.entries(kinds)) {
    for (const [variant, extra] of Object.entries(variants)) {
      const upper = kind[0].toUpperCase() + kind.slice(1);
      const name = variant === '' ? kind : `feeDelegated${upper}${variant === 'WithRatio' ? 'WithRatio' : ''}`;
      await check(`caver: ${name}`, async () => {
        const receipt = await send(caver.transaction[name].create({ ...(await fields()), ...extra }));
        if (kind === 'smartContractDeploy' && !address) {
          address = receipt.contractAddress;
        }
        if (variant !== '') {
          assert.equal(receipt.feePayer.toLowerCase(), payer.address.toLowerCase());
          const bySender = await caver.rpc.klay.getTransactionBySenderTxHash(receipt.senderTxHash);
          assert.equal(bySender.hash, receipt.transactionHash);
        }
      });
    }
  }
  await check('caver: legacy and Ethereum types', async () => {
    await send(caver.transaction.legacyTransaction.create({ ...plain, to: friend.address, value: 1, input: '0x' }));
    await send(caver.transaction.ethereumAccessList.create({ ...plain, to: friend.address, value: 1, chainId }));
    await send(caver.transaction.ethereumDynamicFee.create({
      ...plain, to: friend.address, value: 1, chainId, maxFeePerGas: '0x5d21dba00', maxPriorityFeePerGas: '0x0' }));
  });
  await check('caver: the sender signs, somebody else pays and sends', async () => {
    const tx = caver.transaction.feeDelegatedValueTransfer.create({ ...plain, to: friend.address, value: 2 });
    await caver.wallet.sign(from, tx);
    const received = caver.transaction.decode(tx.getRLPEncoding());
    received.feePayer = payer.address;
    await caver.wallet.signAsFeePayer(payer.address, received);
    const receipt = await caver.rpc.klay.sendRawTransaction(received);
    assert.equal(receipt.feePayer.toLowerCase(), payer.address.toLowerCase());
  });
  await check('caver: contracts, events, reverts', async () => {
    const contract = caver.contract.create(counter.abi, address);
    const receipt = await contract.send({ from, gas: 200_000 }, 'increase', 4);
    assert.ok(receipt.events.Increased.returnValues.to >= 11);
    assert.ok((await contract.call('count')) >= 11);
    assert.ok((await contract.getPastEvents('Increased', { fromBlock: 0 })).length >= 1);
    const error = await failure(contract.call({ from }, 'increase', 13));
    assert.ok(textOf(error).includes('unlucky'));
  });
  await check('caver: a key of several keys', async () => {
    const owner = caver.wallet.keyring.generate();
    await send(caver.transaction.valueTransfer.create({ ...plain, to: owner.address, value: caver.utils.toPeb('1', 'KLAY') }));
    const multi = caver.wallet.keyring.createWithMultipleKey(owner.address, caver.wallet.keyring.generateMultipleKeys(3));
    const options = new caver.account.weightedMultiSigOptions(2, [1, 1, 1]);
    const update = caver.transaction.accountUpdate.create({ from: owner.address, gas: 300_000, account: multi.toAccount(options) });
    await update.sign(owner);
    assert.equal((await caver.rpc.klay.sendRawTransaction(update)).status, '0x1');
    assert.equal((await caver.rpc.klay.getAccountKey(owner.address)).keyType, 4);
    const transfer = caver.transaction.valueTransfer.create({ from: owner.address, gas: 100_000, to: friend.address, value: 1 });
    await transfer.sign(multi);
    assert.equal((await caver.rpc.klay.sendRawTransaction(transfer)).status, '0x1');
  });
  await check('caver: subscriptions', async () => {
    const socket = new Caver(new Caver.providers.WebsocketProvider(ws));
    const head = new Promise((resolve, reject) => {
      socket.rpc.klay.subscribe('newBlockHeaders', (error, block) => (error ? reject(error) : resolve(block)));
    });
    await new Promise((resolve) => setTimeout(resolve, 300)); // until it has subscribed
    const receipt = await send(caver.transaction.valueTransfer.create({ ...plain, to: friend.address, value: 1 }));
    assert.equal(Number((await head).number), Number(receipt.blockNumber));
    socket.currentProvider.connection.close();
  });
  await check('caver: keystores both ways', async () => {
    const ours = caver.wallet.keyring.decrypt(JSON.parse(keystores.ours), keystores.password);
    assert.equal(ours.address.toLowerCase(), keystores.address.toLowerCase());
    const theirs = caver.wallet.keyring.createFromPrivateKey(keys[1]).encrypt(keystores.password, { n: 1024 });
    keystores.write('caver', JSON.stringify(theirs));
  });
}
