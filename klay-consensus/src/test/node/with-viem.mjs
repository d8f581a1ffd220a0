import { createPublicClient, createWalletClient, defineChain, http as overHttp, webSocket, parseAbiItem } from 'viem';
import { privateKeyToAccount, generatePrivateKey } from 'viem/accounts';
import { check, failure, textOf, assert } from './checks.mjs';

export async function withViem({ http, ws, keys, chainId, counter }) {
  const chain = defineChain({
    id: chainId, name: 'Klay', nativeCurrency: { name: 'KLAY', symbol: 'KLAY', decimals: 18 },
    rpcUrls: { default: { http: [http] } } });
  const account = privateKeyToAccount(keys[2]);
  const reader = createPublicClient({ chain, transport: overHttp(http, { batch: true }), pollingInterval: 100, cacheTime: 0 });
  const writer = createWalletClient({ account, chain, transport: overHttp(http) });
  const friend = privateKeyToAccount(generatePrivateKey()).address;
  let address;

  await check('viem: network, fees, history', async () => {
    assert.equal(await reader.getChainId(), chainId);
    assert.equal(await reader.getGasPrice(), 25_000_000_000n);
    const fees = await reader.estimateFeesPerGas();
    assert.ok(fees.maxFeePerGas >= 25_000_000_000n);
    const history = await reader.getFeeHistory({ blockCount: 2, rewardPercentiles: [25, 75] });
    assert.equal(history.baseFeePerGas.length, history.gasUsedRatio.length + 1);
  });
  for (const type of ['legacy', 'eip2930', 'eip1559']) {
    await check(`viem: a transfer of type ${type}`, async () => {
      const hash = await writer.sendTransaction({ to: friend, value: 7n, type, accessList: type === 'eip2930' ? [] : undefined });
      const receipt = await reader.waitForTransactionReceipt({ hash });
      assert.equal(receipt.status, 'success');
      assert.equal(receipt.type, type);
    });
  }
  await check('viem: deploy, read, write, logs', async () => {
    const deployed = await writer.deployContract({ abi: counter.abi, bytecode: counter.bytecode, args: [1n] });
    address = (await reader.waitForTransactionReceipt({ hash: deployed })).contractAddress;
    const hash = await writer.writeContract({ address, abi: counter.abi, functionName: 'increase', args: [2n] });
    await reader.waitForTransactionReceipt({ hash });
    assert.equal(await reader.readContract({ address, abi: counter.abi, functionName: 'count' }), 3n);
    const logs = await reader.getLogs({
      address, event: parseAbiItem('event Increased(address indexed by, uint256 to)'), fromBlock: 0n });
    assert.equal(logs[0].args.to, 3n);
  });
  await check('viem: state overrides and access lists', async () => {
    const count = await reader.readContract({
      address, abi: counter.abi, functionName: 'count',
      stateOverride: [{ address, stateDiff: [{ slot: `0x${'0'.repeat(64)}`, value: `0x${'0'.repeat(62)}63` }] }] });
    assert.equal(count, 99n);
    const created = await reader.createAccessList({ account, to: address, data: '0x06661abd' });
    assert.equal(created.accessList[0].address, address.toLowerCase());
  });
  await check('viem: reverts are decoded', async () => {
    const error = await failure(reader.simulateContract({ account, address, abi: counter.abi, functionName: 'increase', args: [101n] }));
    assert.equal(error.cause.data.errorName, 'TooMuch');
    const reason = await failure(reader.simulateContract({ account, address, abi: counter.abi, functionName: 'increase', args: [13n] }));
    assert.ok(textOf(reason).includes('unlucky'));
  });
  await check('viem: proofs, receipts of a block, filters', async () => {
    const proof = await reader.getProof({ address, storageKeys: [`0x${'0'.repeat(64)}`] });
    assert.equal(proof.storageProof[0].value, 3n);
    const filter = await reader.createBlockFilter();
    const hash = await writer.sendTransaction({ to: friend, value: 1n });
    const receipt = await reader.waitForTransactionReceipt({ hash });
    assert.deepEqual(await reader.getFilterChanges({ filter }), [receipt.blockHash]);
    assert.equal(await reader.uninstallFilter({ filter }), true);
  });
  await check('viem: blocks and events over WebSocket', async () => {
    const socket = createPublicClient({ chain, transport: webSocket(ws) });
    let stopBlocks, stopEvents;
    const block = new Promise((resolve) => { stopBlocks = socket.watchBlockNumber({ onBlockNumber: resolve }); });
    const event = new Promise((resolve) => {
      stopEvents = socket.watchContractEvent({ address, abi: counter.abi, eventName: 'Increased', onLogs: (logs) => resolve(logs[0].args.to) });
    });
    await new Promise((resolve) => setTimeout(resolve, 300)); // until it has subscribed
    const hash = await writer.writeContract({ address, abi: counter.abi, functionName: 'increase', args: [1n] });
    assert.equal(await event, 4n);
    assert.equal(await block, (await reader.waitForTransactionReceipt({ hash })).blockNumber);
    stopBlocks();
    stopEvents();
    (await socket.transport.getRpcClient()).close();
  });
}
