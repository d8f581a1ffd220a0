// Runs named checks one after the other and tells each on a line of its own.
import assert from 'node:assert/strict';

let failed = 0;

export async function check(name, body) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('took longer than 30 s')), 30_000);
  });
  try {
    await Promise.race([body(), late]);
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    const text = String(error?.stack ?? error).split('\n').slice(0, 4).join(' | ');
    console.log(`not ok ${name}: ${text}`);
  } finally {
    clearTimeout(timer);
  }
}

/** What a promise fails with; fails itself if it does not. */
export async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it should have failed');
}

/** Everything an error says, whatever the tool hides it in. */
export function textOf(error) {
  return `${error?.message} ${error?.shortMessage} ${error?.details} ${error?.cause?.message}`;
}

export function finish() {
  console.log(`done, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

export { assert };
