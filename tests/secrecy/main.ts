/**
 * `npm run secrecy`, the last step of `npm test`: looks for tokens and spoken words in all that the suite's relays
 * logged and its tests printed, then takes it away. Nothing kept is a failure too: then nothing was looked at.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findSecrets } from './find-secrets.ts';
import { KEPT } from './kept-logs.ts';

const CALLS = resolve(import.meta.dirname, '../../demo/calls');
/** Shorter ones ("yes please") stand in honest sentences too. */
const MIN_SENTENCE = 20;
/** Far fewer than a whole run keeps; a run of one test file does not pass for one. */
const MIN_LINES = 500;
const SHOWN = 20;

function spokenSentences(): string[] {
  return readdirSync(CALLS).flatMap((file) => {
    const call = JSON.parse(readFileSync(join(CALLS, file), 'utf8')) as { lines: { text: string }[] };
    return call.lines.map(({ text }) => text).filter((text) => text.length >= MIN_SENTENCE);
  });
}

const files = existsSync(KEPT) ? readdirSync(KEPT) : [];
const kept = files.map((file) => ({ file, text: readFileSync(join(KEPT, file), 'utf8') }));
const relayLines = kept
  .filter(({ file }) => file.startsWith('relay-'))
  .reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
const spoken = spokenSentences();
const findings = kept.flatMap(({ file, text }) => findSecrets(file, text, spoken));

for (const { where, kind } of findings.slice(0, SHOWN)) console.error(`${where}: ${kind}`);
console.log(
  JSON.stringify({ files: files.length, relayLines, sentences: spoken.length, findings: findings.length }),
);
if (findings.length > 0) {
  console.error(`Secrets were logged or printed; the lines stand in ${KEPT}.`);
  process.exitCode = 1;
} else if (relayLines < MIN_LINES) {
  console.error(`Only ${relayLines} lines of relays were kept: run the whole suite first (npm test).`);
  process.exitCode = 1;
} else {
  rmSync(KEPT, { recursive: true });
}
