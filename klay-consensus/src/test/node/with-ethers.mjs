import { ethers } from 'ethers';
import { check, failure, assert } from './checks.mjs';

export async function withEthers({ http, ws, keys, chainId, counter, keystores }) {
  const provider = new ethers.JsonRpcProvider(http, undefined, { cacheTimeout: -1, pollingInterval: 100 });
  const wallet = new ethers.Wallet(keys[0], provider);
  const friend = ethers.Wallet.createRandom().address;
  let contract;

  await check('ethers: network and height', async () => {
    assert.equal((await provider.getNetwork()).chainId, BigInt(chainId));
    assert.ok((await provider.getBlockNumber()) >= 0);
    assert.equal((await provider.getBlock('safe')).number, (await provider.getBlock('finalized')).number);
  });
  await check('ethers: calls sent at once go as one batch', async () => {
    const answers = await Promise.all([
      provider.getBalance(wallet.address), provider.getTransactionCount(wallet.address),
      provider.getCode(friend), provider.getFeeData()]);
    assert.ok(answers[0] > 0n);
    assert.equal(answers[2], '0x');
    assert.equal(answers[3].gasPrice, 25_000_000_000n);
  });
  for (const type of [0, 1, 2]) {
    await check(`ethers: a transfer of type ${type} costs 0.000525 KLAY`, async () => {
      const before = await provider.getBalance(friend);
      const sent = await wallet.sendTransaction({ to: friend, value: 5n, type });
      const receipt = await sent.wait();
      assert.equal(receipt.status, 1);
      assert.equal(receipt.type, type);
      assert.equal(receipt.fee, 525_000_000_000_000n);
      assert.equal((await provider.getBalance(friend)) - before, 5n);
      assert.equal((await provider.getTransaction(sent.hash)).from, wallet.address);
    });
  }
  await check('ethers: deploy, call, send, events', async () => {
    const factory = new ethers.ContractFactory(counter.abi, counter.bytecode, wallet);
    contract = await (await factory.deploy(40n)).waitForDeployment();
    assert.equal(await contract.count(), 40n);
    await (await contract.increase(2n)).wait();
    assert.equal(await contract.count(), 42n);
    const events = await contract.queryFilter(contract.filters.Increased(wallet.address));
    assert.equal(events.length, 1);
    assert.equal(events[0].args.to, 42n);
  });
  await check('ethers: reverts are decoded', async () => {
    const custom = await failure(contract.increase.staticCall(101n));
    assert.equal(custom.code, 'CALL_EXCEPTION');
    assert.equal(custom.revert.name, 'TooMuch');
    assert.deepEqual([...custom.revert.args], [101n, 100n]);
    const reason = await failure(contract.increase.estimateGas(13n));
    assert.equal(reason.reason, 'unlucky');
    const panic = await failure(contract.ratio(0n));
    assert.equal(panic.revert.name, 'Panic');
  });
  await check('ethers: refusals have their names', async () => {
    const empty = ethers.Wallet.createRandom().connect(provider);
    const poor = await failure(empty.sendTransaction({ to: friend, value: 1n, gasLimit: 21000n }));
    assert.equal(poor.code, 'INSUFFICIENT_FUNDS');
    const nonce = await failure(wallet.sendTransaction({ to: friend, nonce: 0 }));
    assert.equal(nonce.code, 'NONCE_EXPIRED');
  });
  await check('ethers: an account that the node signs for', async () => {
    const signer = await provider.getSigner(0);
    const receipt = await (await signer.sendTransaction({ to: friend, value: 1n })).wait();
    assert.equal(receipt.status, 1);
    const text = 'hello';
    assert.equal(ethers.verifyMessage(text, await signer.signMessage(text)), signer.address);
  });
  await check('ethers: blocks and events over WebSocket', async () => {
    const socket = new ethers.WebSocketProvider(ws);
    const block = new Promise((resolve) => socket.on('block', resolve));
    const event = new Promise((resolve) => contract.connect(socket).on('Increased', (by, to) => resolve(to)));
    const pending = new Promise((resolve) => socket.on('pending', resolve));
    await new Promise((resolve) => setTimeout(resolve, 300)); // until it has subscribed
    const sent = await contract.increase(1n);
    assert.equal(await event, 43n);
    assert.equal(await block, (await sent.wait()).blockNumber);
    assert.equal(await pending, sent.hash);
    await socket.destroy();
  });
  await check('ethers: keystores both ways', async () => {
    const ours = await ethers.Wallet.fromEncryptedJson(keystores.ours, keystores.password);
    assert.equal(ours.address.toLowerCase(), keystores.address.toLowerCase());
    const { address, privateKey } = new ethers.Wallet(keys[1]);
    const json = await ethers.encryptKeystoreJson({ address, privateKey }, keystores.password, { scrypt: { N: 1024 } });
    keystores.write('ethers', json);
  });
  provider.destroy();
}
