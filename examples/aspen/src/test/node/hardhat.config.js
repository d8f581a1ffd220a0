require("@nomicfoundation/hardhat-ethers");
require("@nomicfoundation/hardhat-network-helpers");

module.exports = {
  solidity: "0.8.37",
  defaultNetwork: "klay",
  networks: { klay: { url: process.env.KLAY_URL } },
};
