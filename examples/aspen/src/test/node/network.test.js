const assert = require("node:assert/strict");
const hre = require("hardhat");
const { ethers, network } = hre;
const helpers = require("@nomicfoundation/hardhat-network-helpers");
const counter = require("./Counter.json");

// What a Hardhat project does with its network: deploy, call, send, revert, read events, use fixtures,
// move time, set accounts, impersonate, and mine as it likes.
describe("the launcher as a Hardhat network", function () {
  this.timeout(60_000);

  async function deployed() {
    const [owner, other] = await ethers.getSigners();
    const factory = new ethers.ContractFactory(counter.abi, counter.bytecode, owner);
    const contract = await factory.deploy(5);
    await contract.waitForDeployment();
    return { owner, other, contract };
  }

  it("has the ten funded accounts that every tool knows", async () => {
    const signers = await ethers.getSigners();
    assert.equal(signers.length, 10);
    assert.equal(signers[0].address, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    assert.ok((await ethers.provider.getBalance(signers[9].address)) > 0n);
  });

  it("deploys, sends and reads events", async () => {
    const { contract, other } = await helpers.loadFixture(deployed);
    assert.equal(await contract.count(), 5n);
    const sent = await contract.connect(other).increase(3);
    const receipt = await sent.wait();
    assert.equal(receipt.status, 1);
    const events = await contract.queryFilter("Increased");
    assert.equal(events[0].args.by, other.address);
    assert.equal(events[0].args.to, 8n);
  });

  it("gives every test the fixture as it was", async () => {
    const { contract } = await helpers.loadFixture(deployed);
    assert.equal(await contract.count(), 5n);
  });

  it("tells why a contract refuses", async () => {
    const { contract } = await helpers.loadFixture(deployed);
    await assert.rejects(contract.increase(13), /unlucky/);
    await assert.rejects(contract.increase.staticCall(101), (e) => {
      const error = contract.interface.parseError(e.data);
      assert.equal(error.name, "TooMuch");
      assert.deepEqual([...error.args], [101n, 100n]);
      return true;
    });
  });

  it("moves time and mines", async () => {
    const before = await helpers.time.latest();
    await helpers.time.increase(3600);
    assert.ok((await helpers.time.latest()) >= before + 3600);
    const target = (await helpers.time.latest()) + 1_000_000;
    await helpers.time.setNextBlockTimestamp(target);
    await helpers.mine();
    assert.equal(await helpers.time.latest(), target);
    const height = await helpers.time.latestBlock();
    await helpers.mine(5, { interval: 60 });
    assert.equal(await helpers.time.latestBlock(), height + 5);
    await helpers.mineUpTo(height + 8);
    assert.equal(await helpers.time.latestBlock(), height + 8);
  });

  it("sets accounts", async () => {
    const address = "0x5500000000000000000000000000000000000055";
    await helpers.setBalance(address, 10n ** 18n);
    await helpers.setNonce(address, 9);
    await helpers.setCode(address, "0x60015460005260206000f3");
    await helpers.setStorageAt(address, 1, 42);
    assert.equal(await ethers.provider.getBalance(address), 10n ** 18n);
    assert.equal(await ethers.provider.getTransactionCount(address), 9);
    assert.equal(BigInt(await ethers.provider.call({ to: address })), 42n);
    assert.equal(BigInt(await helpers.getStorageAt(address, 1)), 42n);
  });

  it("sends for whoever is impersonated, a contract too", async () => {
    const { contract, other } = await helpers.loadFixture(deployed);
    const address = await contract.getAddress();
    await helpers.setBalance(address, 10n ** 18n);
    const signer = await helpers.impersonateAccount(address).then(() => ethers.getSigner(address));
    const before = await ethers.provider.getBalance(other.address);
    await (await signer.sendTransaction({ to: other.address, value: 7n })).wait();
    assert.equal((await ethers.provider.getBalance(other.address)) - before, 7n);
    await helpers.stopImpersonatingAccount(address);
    await assert.rejects(network.provider.send("eth_sendTransaction", [{ from: address, to: address }]));
  });

  it("keeps and drops transactions while automine is off", async () => {
    const [owner, other] = await ethers.getSigners();
    await network.provider.send("evm_setAutomine", [false]);
    const kept = await owner.sendTransaction({ to: other.address, value: 1n });
    const dropped = await other.sendTransaction({ to: owner.address, value: 1n });
    assert.equal(await ethers.provider.getTransactionReceipt(kept.hash), null);
    await helpers.dropTransaction(dropped.hash);
    await helpers.mine();
    assert.equal((await ethers.provider.getTransactionReceipt(kept.hash)).status, 1);
    assert.equal(await ethers.provider.getTransaction(dropped.hash), null);
    await network.provider.send("evm_setAutomine", [true]);
  });

  it("goes back to snapshots", async () => {
    const snapshot = await helpers.takeSnapshot();
    const height = await helpers.time.latestBlock();
    await helpers.mine(3);
    await snapshot.restore();
    assert.equal(await helpers.time.latestBlock(), height);
    await helpers.mine(2);
    await snapshot.restore();
    assert.equal(await helpers.time.latestBlock(), height);
  });

  it("starts again", async () => {
    await network.provider.send("hardhat_reset");
    assert.equal(await helpers.time.latestBlock(), 0);
  });
});
