// Compiles every contract of a folder and writes NAME.abi and NAME.bin, or with --check compares them
// with what is there.
//   node compile.mjs SOURCES ARTIFACTS [--check]      (run where npm installed solc)
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const solc = createRequire(join(process.cwd(), 'package.json'))('solc');
const [sources, artifacts, mode] = process.argv.slice(2);

const input = {
  language: 'Solidity',
  sources: Object.fromEntries(
    readdirSync(sources)
      .filter((file) => file.endsWith('.sol'))
      .sort()
      .map((file) => [file, { content: readFileSync(join(sources, file), 'utf8') }])),
  settings: {
    evmVersion: 'london',
    optimizer: { enabled: true, runs: 200 },
    metadata: { bytecodeHash: 'none' },
    outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
  },
};
const output = JSON.parse(solc.compile(JSON.stringify(input)));
const messages = (output.errors ?? []).map((e) => e.formattedMessage);
if (messages.length > 0) {
  console.error(messages.join('\n'));
  process.exit(1);
}

let differing = 0;
function artifact(name, content) {
  const file = join(artifacts, name);
  if (mode !== '--check') {
    writeFileSync(file, content);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== content) {
    console.error(`${file} is not what its source compiles to`);
    differing++;
  }
}
for (const contracts of Object.values(output.contracts)) {
  for (const [name, { abi, evm }] of Object.entries(contracts)) {
    if (evm.bytecode.object !== '') {
      artifact(`${name}.abi`, `${JSON.stringify(abi, null, 1)}\n`);
      artifact(`${name}.bin`, evm.bytecode.object); // no line end: web3j's generator takes all there is
    }
  }
}
console.log(`${solc.version()}: ${differing === 0 ? 'artifacts are up to date' : 'artifacts differ'}`);
process.exit(differing === 0 ? 0 : 1);
