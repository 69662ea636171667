/** The administrator's setup link: written, mangled by a mail program, read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSetup, type Setup, type SetupProblem, writeSetup } from '../../../utils/protocol/setup-link.ts';

const full: Setup = {
  relay: 'wss://relay.acme.example',
  name: 'Büro 1',
  plain: false,
  token: 'esh_abc-_123',
};
const bare: Setup = { relay: 'relay.acme.example', name: '', plain: false, token: '' };
const link = writeSetup(full);

function linkOf(json: string): string {
  return `earshot:${Buffer.from(json).toString('base64url')}`;
}

describe('a setup', () => {
  test.each([[full], [bare], [{ ...full, plain: true }]])('%o is read as it was written', (setup) => {
    expect(readSetup(writeSetup(setup))).toEqual({ ok: true, setup });
  });

  test('whatever it holds is read as it was written', () => {
    const setup = fc.record({
      relay: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
        .filter((text) => text.trim() === text && text !== ''),
      name: fc.string({ unit: 'grapheme', maxLength: 20 }),
      plain: fc.boolean(),
      token: fc.string({ unit: 'grapheme', maxLength: 200 }),
    });
    fc.assert(
      fc.property(setup, (one) => {
        expect(readSetup(writeSetup(one))).toEqual({ ok: true, setup: one });
      }),
    );
  });

  test('is one word, and shows neither address nor token', () => {
    expect(link).toMatch(/^earshot:[\w-]+$/);
    expect(link).not.toContain('relay.acme');
    expect(link).not.toContain('esh_');
  });
});

describe('a link that came by mail is forgiven', () => {
  test.each([
    ['spaces around it', `  ${link}\n`],
    ['line breaks inside', link.replace(/(.{20})/g, '$1\r\n')],
    ['soft line breaks inside', link.replace(/(.{20})/g, '$1=\n')],
    ['quotes', `"${link}"`],
    ['curly quotes', `\u201c${link}\u201d`],
    ['angle brackets', `<${link}>`],
    ['a capital letter', link.replace('earshot', 'Earshot')],
    ['the other base64, padded', `earshot:${Buffer.from(JSON.stringify(full)).toString('base64')}`],
    ['zero-width spaces', link.replace(/(.{20})/g, '$1\u200b')],
    ['the JSON itself', JSON.stringify(full)],
    ['the JSON on several lines', JSON.stringify(full, undefined, 2)],
    ['more than is known', linkOf(JSON.stringify({ ...full, later: 1 }))],
  ])('%s', (_, text) => {
    expect(readSetup(text)).toEqual({ ok: true, setup: full });
  });
});

describe('what is no setup says why', () => {
  test.each<[SetupProblem, string, string]>([
    ['empty', 'nothing', ''],
    ['empty', 'blanks', ' \n '],
    ['too-long', 'a book', 'earshot:'.padEnd(30_000, 'A')],
    ['not-a-setup', 'a token', 'esh_abc'],
    ['not-a-setup', 'an address', 'wss://relay.acme.example'],
    ['not-a-setup', 'another scheme', link.replace('earshot', 'mailto')],
    ['not-a-setup', 'letters that are no base64', 'earshot:häh?'],
    ['not-a-setup', 'the scheme alone', 'earshot:'],
    ['not-a-setup', 'base64 of something else', linkOf('hello')],
    ['not-a-setup', 'broken JSON', linkOf('{relay}')],
    ['not-a-setup', 'a list', linkOf('[]')],
    ['not-a-setup', 'a token that is no text', linkOf('{"relay":"x","token":7}')],
    ['cut-short', 'half a link', link.slice(0, -20)],
    ['cut-short', 'a link without its last letter', link.slice(0, -1)],
    ['cut-short', 'half the JSON', JSON.stringify(full).slice(0, -5)],
    ['no-relay', 'no address', linkOf('{"token":"t"}')],
    ['no-relay', 'an empty address', linkOf('{"relay":"  "}')],
    ['no-relay', 'an endless address', linkOf(JSON.stringify({ relay: 'x'.repeat(2_001) }))],
  ])('%s: %s', (problem, _, text) => {
    expect(readSetup(text)).toEqual({ ok: false, problem });
  });

  test('every part of a link is told from the whole', () => {
    for (let length = 'earshot:'.length + 2; length < link.length; length += 1) {
      expect(readSetup(link.slice(0, length))).toEqual({ ok: false, problem: 'cut-short' });
    }
  });
});
