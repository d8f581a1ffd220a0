// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// What is needed of a KIP-7 or ERC-20 token.
interface IToken {
    function balanceOf(address owner) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// Questions that carry a pool of tokens. Whoever asks pays the pool in; once, they accept one or
/// several answers, and the pool goes to their authors in equal parts. Texts are in the events
/// alone. Questions, and the answers of each, count from 1. A pool stays until its asker accepts.
contract Blasq {
    event Asked(uint256 indexed question, address indexed asker, uint256 pool, string text);
    event Answered(
        uint256 indexed question, uint256 indexed answer, address indexed author, string text
    );
    event Rewarded(
        uint256 indexed question, uint256 indexed answer, address indexed author, uint256 reward
    );

    error NoPool();
    error PoolTooLarge(uint256 pool, uint256 balance);
    error TokenRefused(address token);
    error UnknownQuestion(uint256 question);
    error UnknownAnswer(uint256 question, uint256 answer);
    error OwnQuestion(uint256 question);
    error OnlyTheAsker(uint256 question, address asker);
    error AlreadyAccepted(uint256 question);
    error NothingAccepted(uint256 question);
    error NotAscending(uint256 answer);

    struct Question {
        address asker;
        bool accepted;
        uint256 pool;
        address[] authors;
    }

    IToken public immutable token;
    Question[] private questions;

    constructor(address token_) {
        token = IToken(token_);
    }

    function ask(string calldata text, uint256 pool) external returns (uint256 question) {
        if (pool == 0) {
            revert NoPool();
        }
        uint256 balance = token.balanceOf(msg.sender);
        if (balance < pool) {
            revert PoolTooLarge(pool, balance);
        }
        Question storage asked = questions.push();
        asked.asker = msg.sender;
        asked.pool = pool;
        question = questions.length;
        emit Asked(question, msg.sender, pool, text);
        if (!token.transferFrom(msg.sender, address(this), pool)) {
            revert TokenRefused(address(token));
        }
    }

    function answer(uint256 question, string calldata text) external returns (uint256 number) {
        Question storage asked = _open(question);
        if (asked.asker == msg.sender) {
            revert OwnQuestion(question);
        }
        asked.authors.push(msg.sender);
        number = asked.authors.length;
        emit Answered(question, number, msg.sender, text);
    }

    /// Shares the pool among these answers, given in ascending order. What cannot be divided goes
    /// to the first ones, one unit each, so that the rewards sum to the pool.
    function accept(uint256 question, uint256[] calldata answers) external {
        Question storage asked = _question(question);
        if (asked.asker != msg.sender) {
            revert OnlyTheAsker(question, asked.asker);
        }
        _open(question);
        if (answers.length == 0) {
            revert NothingAccepted(question);
        }
        asked.accepted = true;
        uint256 share = asked.pool / answers.length;
        uint256 rest = asked.pool % answers.length;
        uint256 last = 0;
        for (uint256 i = 0; i < answers.length; i++) {
            uint256 number = answers[i];
            if (number <= last) {
                revert NotAscending(number);
            }
            if (number > asked.authors.length) {
                revert UnknownAnswer(question, number);
            }
            last = number;
            _reward(question, number, asked.authors[number - 1], i < rest ? share + 1 : share);
        }
    }

    function state(uint256 question)
        external
        view
        returns (address asker, uint256 pool, uint256 answers, bool accepted)
    {
        Question storage asked = _question(question);
        return (asked.asker, asked.pool, asked.authors.length, asked.accepted);
    }

    function _reward(uint256 question, uint256 number, address author, uint256 reward) private {
        emit Rewarded(question, number, author, reward);
        if (!token.transfer(author, reward)) {
            revert TokenRefused(address(token));
        }
    }

    function _question(uint256 question) private view returns (Question storage) {
        if (question == 0 || question > questions.length) {
            revert UnknownQuestion(question);
        }
        return questions[question - 1];
    }

    function _open(uint256 question) private view returns (Question storage asked) {
        asked = _question(question);
        if (asked.accepted) {
            revert AlreadyAccepted(question);
        }
    }
}
