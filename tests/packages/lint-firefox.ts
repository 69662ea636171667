/**
 * The second half of `npm run lint:firefox`: reads the report of Mozilla's linter from the standard input. Every finding
 * is mended or explained.
 */
import { text } from 'node:stream/consumers';
import { explanations } from './explanations.ts';
import { judgeLint } from './judge-lint.ts';

const said = await text(process.stdin);
if (!said.startsWith('{')) throw new Error(`The linter gave no report, but: ${said || 'nothing.'}`);
const faults = judgeLint(JSON.parse(said), explanations);
for (const fault of faults) console.error(fault);
console.log(JSON.stringify({ explained: explanations.length, faults: faults.length }));
if (faults.length > 0) process.exitCode = 1;
