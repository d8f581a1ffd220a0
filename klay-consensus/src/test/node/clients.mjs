// Usage: node clients.mjs SETTINGS.json DIRECTORY. The settings say where the node is and which keys are
// funded; keystores that clients make are written into the directory.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish } from './checks.mjs';
import { withCaver } from './with-caver.mjs';
import { withEthers } from './with-ethers.mjs';
import { withViem } from './with-viem.mjs';
import { withWeb3 } from './with-web3.mjs';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
settings.counter = JSON.parse(readFileSync(new URL('Counter.json', import.meta.url), 'utf8'));
settings.keystores.write = (name, json) => writeFileSync(join(process.argv[3], `${name}.json`), json);

for (const client of [withEthers, withViem, withWeb3, withCaver]) {
  await client(settings);
}
finish();
