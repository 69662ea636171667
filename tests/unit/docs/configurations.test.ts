/** Every configuration that the documents show is taken by what reads it; a part of one, in its place. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { readConfig } from '../../../relay/config/config.ts';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { writtenFieldMap } from '../../../utils/transcript/field-map.ts';
import { codeBlocks, documents } from './documents.ts';

/** Its examples are frames: see `protocol.test.ts`. */
const OF_FRAMES = 'docs/protocol.md';

const agent = { name: 'Alice', tokenSha256: '0'.repeat(64), calls: 'all' };
const whole = {
  upstream: { url: 'wss://platform.example.com/api/cp/scriptforge/10141', tokenFile: 'platform.token' },
  agents: [agent],
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What is wrong with it; a hash that is left out is anybody's. */
function problemsOf(block: string): unknown {
  const text = block.replaceAll('"tokenSha256": "…"', `"tokenSha256": "${agent.tokenSha256}"`);
  const isWhole = text.trimStart().startsWith('{');
  const json: unknown = JSON.parse(isWhole ? text : `{${text.replace(/,\s*$/, '')}}`);
  if (!isObject(json)) return 'is no object';
  if ('locked' in json || 'defaults' in json) return decodePolicy(json).problems;
  if ('paths' in json) return v.safeParse(writtenFieldMap, json).issues ?? [];
  const given = isWhole
    ? json
    : 'calls' in json
      ? { ...whole, agents: [{ ...agent, ...json }] }
      : { ...whole, ...json };
  const upstream = isObject(given['upstream']) ? given['upstream'] : {};
  const env = 'tokenFile' in upstream || 'streams' in given ? {} : { EARSHOT_PLATFORM_TOKEN: 'T' };
  const result = readConfig(JSON.stringify(given), env);
  return result.ok ? [] : result.problems;
}

const blocks = documents
  .filter((document) => document !== OF_FRAMES)
  .flatMap((document) => codeBlocks(document, 'json').map((block) => ({ document, block })));

test('there are some', () => {
  expect(blocks.length).toBeGreaterThan(8);
});

test.each(blocks)('$document: $block', ({ block }) => {
  expect(problemsOf(block)).toEqual([]);
});

test('one that is wrong is not taken', () => {
  expect(problemsOf('"calls": [{ "feld": "dest_number" }]')).not.toEqual([]);
});
