import { Web3 } from 'web3';
import { check, failure, textOf, assert } from './checks.mjs';

export async function withWeb3({ http, ws, keys, chainId, counter, keystores }) {
  const web3 = new Web3(http);
  const account = web3.eth.accounts.wallet.add(keys[3]).get(0);
  const friend = web3.eth.accounts.create().address;
  let contract;

  await check('web3: network', async () => {
    assert.equal(await web3.eth.getChainId(), BigInt(chainId));
    assert.equal(await web3.eth.net.isListening(), true);
    assert.ok((await web3.eth.getNodeInfo()).startsWith('Klay/'));
    assert.equal(await web3.eth.isSyncing(), false);
  });
  for (const type of [0, 1, 2]) {
    await check(`web3: a transfer of type ${type}`, async () => {
      const receipt = await web3.eth.sendTransaction({ from: account.address, to: friend, value: 3, gas: 21000, type });
      assert.equal(receipt.status, 1n);
      assert.equal(receipt.effectiveGasPrice, 25_000_000_000n);
    });
  }
  await check('web3: deploy, call, send, past events', async () => {
    contract = await new web3.eth.Contract(counter.abi)
      .deploy({ data: counter.bytecode, arguments: [10] })
      .send({ from: account.address, gas: '1000000' });
    await contract.methods.increase(5).send({ from: account.address, gas: '200000' });
    assert.equal(await contract.methods.count().call(), 15n);
    const events = await contract.getPastEvents('Increased', { fromBlock: 0 });
    assert.equal(events[0].returnValues.to, 15n);
  });
  await check('web3: reverts are decoded', async () => {
    const custom = await failure(contract.methods.increase(101).call({ from: account.address }));
    assert.equal(custom.cause?.errorName ?? custom.innerError?.errorName, 'TooMuch');
    const reason = await failure(contract.methods.increase(13).call({ from: account.address }));
    assert.ok(`${textOf(reason)} ${reason.cause?.message}`.includes('unlucky'));
  });
  await check('web3: subscriptions', async () => {
    const socket = new Web3(ws);
    const heads = await socket.eth.subscribe('newBlockHeaders');
    const logs = await socket.eth.subscribe('logs', { address: contract.options.address });
    const head = new Promise((resolve) => heads.on('data', resolve));
    const log = new Promise((resolve) => logs.on('data', resolve));
    const receipt = await contract.methods.increase(1).send({ from: account.address, gas: '200000' });
    assert.equal((await head).number, receipt.blockNumber);
    assert.equal((await log).transactionHash, receipt.transactionHash);
    await heads.unsubscribe();
    socket.currentProvider.disconnect();
  });
  await check('web3: keystores both ways', async () => {
    const ours = await web3.eth.accounts.decrypt(keystores.ours, keystores.password);
    assert.equal(ours.address.toLowerCase(), keystores.address.toLowerCase());
    const json = await web3.eth.accounts.encrypt(keys[1], keystores.password, { kdf: 'scrypt', n: 1024 });
    keystores.write('web3', JSON.stringify(json));
  });
}
