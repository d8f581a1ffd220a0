// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Badges that an issuer gives for something earned: KIP-17 tokens with metadata (ERC-721), which
/// stay with who earned them (ERC-5192).
contract Badges {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
    event Locked(uint256 tokenId);

    error OnlyTheIssuer(address caller);
    error AlreadyGiven(uint256 tokenId);
    error InvalidRecipient(address recipient);
    error UnknownBadge(uint256 tokenId);
    error BadgesStay();

    string public name;
    string public symbol;
    address public immutable issuer = msg.sender;
    mapping(address => uint256) public balanceOf;
    mapping(uint256 => address) private owners;
    mapping(uint256 => string) private uris;

    constructor(string memory name_, string memory symbol_) {
        name = name_;
        symbol = symbol_;
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return id == 0x01ffc9a7 // KIP-13
            || id == 0x80ac58cd // KIP-17
            || id == 0x5b5e139f // its metadata
            || id == 0xb45a3c0e; // ERC-5192
    }

    function mintWithTokenURI(address to, uint256 tokenId, string calldata uri)
        external
        returns (bool)
    {
        if (msg.sender != issuer) {
            revert OnlyTheIssuer(msg.sender);
        }
        if (to == address(0)) {
            revert InvalidRecipient(to);
        }
        if (owners[tokenId] != address(0)) {
            revert AlreadyGiven(tokenId);
        }
        owners[tokenId] = to;
        uris[tokenId] = uri;
        balanceOf[to]++;
        emit Transfer(address(0), to, tokenId);
        emit Locked(tokenId);
        return true;
    }

    function ownerOf(uint256 tokenId) public view returns (address owner) {
        owner = owners[tokenId];
        if (owner == address(0)) {
            revert UnknownBadge(tokenId);
        }
    }

    function tokenURI(uint256 tokenId) external view returns (string memory) {
        ownerOf(tokenId);
        return uris[tokenId];
    }

    function locked(uint256 tokenId) external view returns (bool) {
        ownerOf(tokenId);
        return true;
    }

    function getApproved(uint256 tokenId) external view returns (address) {
        ownerOf(tokenId);
        return address(0);
    }

    function isApprovedForAll(address, address) external pure returns (bool) {
        return false;
    }

    function approve(address, uint256) external pure {
        revert BadgesStay();
    }

    function setApprovalForAll(address, bool) external pure {
        revert BadgesStay();
    }

    function transferFrom(address, address, uint256) external pure {
        revert BadgesStay();
    }

    function safeTransferFrom(address, address, uint256) external pure {
        revert BadgesStay();
    }

    function safeTransferFrom(address, address, uint256, bytes calldata) external pure {
        revert BadgesStay();
    }
}
