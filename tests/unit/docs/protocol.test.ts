/** docs/protocol.md says what is: its examples are taken by the real decoders, and its tables are those of the code. */
import type { Tokens } from 'marked';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { type RefusalCode, refuse } from '../../../relay/access/refusals.ts';
import { CLOSE, reactToClose } from '../../../utils/protocol/close-codes.ts';
import { decodeClientFrame, decodeRelayFrame } from '../../../utils/protocol/codec.ts';
import { clientFrame, relayFrame } from '../../../utils/protocol/frames.ts';
import { sessionAnswer, sessionRefusal } from '../../../utils/protocol/session.ts';
import { readSetup } from '../../../utils/protocol/setup-link.ts';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';
import { codeBlocks, readDocument, sectionsOf, tableOf } from './documents.ts';

const PAGE = 'docs/protocol.md';
const sections = sectionsOf(PAGE);

function rowsOf({ rows }: Tokens.Table): string[][] {
  return rows.map((cells) => cells.map(({ text }) => text.replaceAll('`', '')));
}

function examplesOf(section: string): string[] {
  return (sections.get(section) ?? []).flatMap((token) =>
    token.type === 'code' && token['lang'] === 'json' ? [String(token['text'])] : [],
  );
}

function frame(decode: typeof decodeRelayFrame | typeof decodeClientFrame) {
  return (text: string): unknown => {
    const decoded = decode(text);
    if (!decoded.ok) throw new Error(decoded.error.message);
    return decoded.frame;
  };
}

/** What each part's examples are read by; gives what was understood. */
const readers: Record<string, (text: string) => unknown> = {
  'Relay to client': frame(decodeRelayFrame),
  'Client to relay': frame(decodeClientFrame),
  Session: (text) => v.parse(v.union([sessionAnswer, sessionRefusal]), JSON.parse(text)),
  'Setup link': (text) => {
    const read = readSetup(text);
    return read.ok ? read.setup : read.problem;
  },
};
const examples = Object.keys(readers).flatMap((section) =>
  examplesOf(section).map((text) => ({ section, text })),
);

test.each(examples)('$section: $text', ({ section, text }) => {
  expect(readers[section]?.(text)).toEqual(JSON.parse(text));
});

test('no example stands where nothing reads it', () => {
  expect(examples.map(({ text }) => text)).toEqual(codeBlocks(PAGE, 'json'));
});

describe.each([
  ['Relay to client', relayFrame],
  ['Client to relay', clientFrame],
] as const)('%s', (section, schema) => {
  const shown: Record<string, unknown>[] = examplesOf(section).map((text) => JSON.parse(text));

  test.each(schema.options.map((option) => [option.entries.type.literal, option.entries] as const))(
    '%s has an example of each of its fields',
    (type, entries) => {
      const fields = shown.filter((example) => example['type'] === type).flatMap(Object.keys);
      expect([...new Set(fields)].sort()).toEqual(Object.keys(entries).sort());
    },
  );
});

test('the example of an offer is what a client offers', () => {
  expect(readDocument(PAGE)).toContain(`Sec-WebSocket-Protocol: ${offerProtocols('esh_example').join(', ')}`);
});

test('the close codes are those of the code, with what the extension does', () => {
  const rows = tableOf(PAGE, 'code');
  expect(rows.map(([code]) => Number(code)).sort()).toEqual(Object.values(CLOSE).sort());
  for (const [code, , does = ''] of rows) {
    const isRetried = reactToClose(Number(code)) === 'retry';
    expect(does.startsWith('tries again'), `${code}: ${does}`).toBe(isRetried);
  }
});

test.each([
  ['state', 'upstream', 'state'],
  ['reason', 'gap', 'reason'],
] as const)('every %s is explained', (head, type, field) => {
  const option = relayFrame.options.find((one) => one.entries.type.literal === type);
  const schema =
    option === undefined ? undefined : Object.entries(option.entries).find(([key]) => key === field);
  const known = schema !== undefined && 'options' in schema[1] ? schema[1].options : [];
  expect(tableOf(PAGE, head).map(([name = '']) => name.replaceAll('`', ''))).toEqual(known);
});

describe('the refusals', () => {
  const written = (sections.get('Session') ?? []).flatMap((token) =>
    token.type === 'table' ? rowsOf(token as Tokens.Table) : [],
  );

  test('are all there are', () => {
    const codes: RefusalCode[] = [...sessionRefusal.entries.code.options, 'version', 'not-found'];
    expect(written.map(([code]) => code).sort()).toEqual(codes.sort());
  });

  test.each(written)('%s is answered with %s', (code, status) => {
    expect(String(refuse(code as RefusalCode).status)).toBe(status);
  });
});
