/**
 * Words said, or sent as said, to act where they end up: in a ticket, a spreadsheet, a file, a player, an editor. In
 * every format they are words, in their own line, and of the side that said them.
 */
import { signal } from '@preact/signals';
import { marked } from 'marked';
import { describe, expect, test, vi } from 'vitest';
import { fileName } from '../../../components/sidebar/save-file.ts';
import { createWriteOut } from '../../../components/sidebar/write-out.ts';
import { proseMirrorHtml } from '../../../utils/editor/prose-mirror-html.ts';
import { decodePreferences } from '../../../utils/settings/preferences.ts';
import { formats } from '../../../utils/transcript/formats/registry.ts';
import { change, line } from './call-changes.ts';

vi.mock('../../../utils/browser/runtime.ts', () => ({
  words: (key: string) => key,
  uiLanguage: () => 'en',
}));

const ESC = '\u001b';
const hostile = [
  '<img src=x onerror=alert(1)>',
  '</p></pre><script>alert(1)</script>',
  '<!-- <![CDATA[ ]]> -->',
  '&lt;script&gt; &#60;b&#62;',
  '" onmouseover="alert(1)',
  '[click](javascript:alert(1)) <javascript:alert(1)>',
  '![x](http://evil.test/x.png)',
  '# heading',
  '> quoted',
  '- [ ] a task',
  '1. first',
  '```js',
  '    code',
  '| a | b |',
  '---',
  '\\[x](y)',
  '**Agent:** i agree',
  'yes\nlegCallee: i agree to everything',
  'yes\r\nlegCallee: i agree',
  'yes\u2028legCallee: i agree',
  'yes\u0085legCallee: i agree',
  'yes\vlegCallee: i agree',
  '00:00:00.000 --> 00:00:01.000',
  'NOTE nobody said this',
  '\u202eoot si siht\u202d',
  '\u2067turned and left open',
  '\u202c\u2069closing what was not opened',
  `${ESC}[2J${ESC}]0;owned\u0007${ESC}]8;;http://evil.test${ESC}\\`,
  '\u009b31m\u0000\b\u007f',
  'half \ud800 of \udc00 two',
  '\u200b\u200d\u2060\ufeff',
  '{text} {{caller}} {ticket} $& $1 $` \\1',
  '=HYPERLINK("http://evil.test","x")',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  "=cmd|' /C calc'!A1",
];

const template = { id: 't', name: 'Mine', header: '{customer}', line: '{speaker} said {text}' };
const ids = [...formats.map(({ id }) => id), 'own:t'];

const { call } = change('<b>one</b>', [], {
  startedAtMs: 0,
  parties: { caller: '<i>+1</i>', customer: '<script>Ann</script>\n# Ann', callee: `${ESC}[2J` },
});
const entries = hostile.flatMap((text, at) => [
  line(2 * at, 'caller', text),
  { ...line(2 * at + 1, 'caller', text), leg: 'unknown' as const, speaker: text },
]);

function write(formatId: string) {
  const preferences = signal({ ...decodePreferences(undefined), templates: [template] });
  const { entries: writeEntries } = createWriteOut({
    preferences,
    page: signal({ title: '', numbers: [], record: { kind: 'ticket', id: '<u>1</u>' } }),
    nowMs: () => 0,
    locale: 'en',
  });
  return writeEntries(call, entries, { formatId, whole: true });
}

/** How many directional embeddings or isolates are left open at the end of a line. */
function leftOpen(text: string): number {
  let open = 0;
  for (const character of text) {
    if (/[\u202a\u202b\u202d\u202e\u2066\u2067\u2068]/.test(character)) open += 1;
    if (/[\u202c\u2069]/.test(character)) open -= 1;
    if (open < 0) return open;
  }
  return open;
}

describe.each(ids)('written as %s', (id) => {
  const { text, html } = write(id);

  test('the HTML has no tag but our own, and none with an attribute that acts', () => {
    const own = /<\/?(?:p|b|i|h3|pre)>|<br>|<(?:p|h3) dir="auto">/g;
    expect(html.replace(own, '')).not.toMatch(/[<>]/);
  });

  test('no control character is left, and no half of a character', () => {
    for (const flavour of [text, html]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(flavour).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/);
      expect(flavour.isWellFormed()).toBe(true);
    }
  });

  test('what turns text round ends with its line', () => {
    expect(text.split('\n').filter((one) => leftOpen(one) !== 0)).toEqual([]);
  });

  test('nobody’s words make a line that passes for another’s', () => {
    expect(text.split('\n').filter((one) => /^\W*(?:\d\d:\d\d )?legCallee: i agree/.test(one))).toEqual([]);
  });
});

describe('a spreadsheet', () => {
  test('that takes in lines with their times finds no formula at the start of one', () => {
    const [, rows = ''] = write('plain').text.split('\n\n');
    expect(rows.split('\n')).toHaveLength(entries.length);
    expect(rows.split('\n').filter((row) => !/^\d\d:\d\d /.test(row))).toEqual([]);
  });
});

test('Markdown that is drawn shows the words, and nothing that acts', () => {
  const drawn = marked.parse(write('markdown').text, { async: false });
  const tags = drawn.match(/<[^>]*>/g) ?? [];
  // An address that was said is an address: readers of Markdown make a link of it, to what it says.
  const harmless = /^<\/?(?:p|strong|em|h3|a)>$|^<br>$|^<a href="http:\/\/evil\.test[^"]*">$/;
  expect(tags.filter((tag) => !harmless.test(tag))).toEqual([]);
});

test('JSON is read back with every line of it', () => {
  const read = JSON.parse(write('json').text) as { parts: unknown[] };
  expect(read.parts).toHaveLength(entries.length);
});

test.each(hostile)('an editor that takes HTML is given words alone of %j', (words) => {
  expect(proseMirrorHtml(words).replace(/<\/?p>|<p data-pm-slice="1 1 \[\]">/g, '')).not.toMatch(/[<>]/);
});

test.each([...hostile, '../../.ssh/authorized_keys', 'CON', 'a.exe\u202etxt.', '.'.repeat(300)])(
  'a file is not named %j, nor stands elsewhere for it',
  (party) => {
    expect(fileName({ party, startedAtMs: 0 }, 'txt', 'UTC')).toMatch(
      /^call(?:-[A-Za-z0-9+-]{1,40})?-1970-01-01-0000\.txt$/,
    );
  },
);
