import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatOf, formats } from '../../../../utils/transcript/formats/registry.ts';
import { excerpt, gap, line, options, typed } from './excerpt.ts';

const folder = join(import.meta.dirname, '../../../../utils/transcript/formats');
const parts = [
  line(12_000, 'Caller', 'i lost my card'),
  line(15_000, 'Callee', 'sorry'),
  gap('lines may be missing'),
  typed('Sent a new one.\nBy post.\n\nAsked for more.'),
  line(61_000, 'Caller', 'thanks'),
];
const nasty =
  '<img src=x onerror=alert(1)> </p></pre> &lt; &amp; **b** _i_ `c` [a](b) # > - 1. | {text} $& {{ --> \u202eabc';

function writeAs(id: string, given = excerpt(parts), more = {}) {
  return formatOf(id, []).write(given, { ...options, ...more });
}

describe('the registry', () => {
  test('lists every file that is a format', () => {
    const ids = readdirSync(folder).flatMap((file) =>
      [
        ...readFileSync(join(folder, file), 'utf8').matchAll(
          /^export const \w+: Format = \{\n {2}id: '(.+)'/gm,
        ),
      ].map(([, id]) => (`${id}.ts` === file ? id : `${id} in ${file}`)),
    );
    expect(ids.toSorted()).toEqual(formats.map(({ id }) => id).toSorted());
    expect(formats.map(({ id }) => id)).toEqual(['plain', 'markdown', 'html', 'json', 'webvtt']);
  });

  test('gives plain text for a format it does not know', () => {
    expect(formatOf('own:gone', []).id).toBe('plain');
  });
});

describe('plain text', () => {
  test('is a line each, typed text by itself, and a gap in brackets', () => {
    expect(writeAs('plain').text).toBe(
      '00:12 Caller: i lost my card\n00:15 Callee: sorry\n[lines may be missing]\n\nSent a new one.\nBy post.\n\nAsked for more.\n\n01:01 Caller: thanks',
    );
  });

  test('begins with who, when and how long', () => {
    const { text } = writeAs('plain', excerpt([line(0, 'A', 'x')]), { header: true, times: false });
    expect(text.replace(/\u202f/g, ' ')).toBe(
      'Patricia Brown · +15125550142 → +18005550160\nNov 22, 2026, 8:25 PM · 03:12\n\nA: x',
    );
  });

  test('names the call where nobody is known, and counts a call that goes on until now', () => {
    const unknown = { caller: undefined, callee: ' ', customer: undefined, endedAtMs: undefined };
    expect(writeAs('plain', excerpt([], unknown), { header: true }).text).toMatch(/^call-1\n.* · 10:00$/);
  });

  test('reads the day in the given language and zone', () => {
    const { text } = writeAs('plain', excerpt([]), { header: true, locale: 'de', timeZone: 'Asia/Tokyo' });
    expect(text).toContain('23.11.2026, 05:25 · 03:12');
  });

  test('is escaped paragraphs in HTML', () => {
    expect(writeAs('plain', excerpt([line(0, 'A', '<b>'), line(1, 'B', 'y'), typed('t')])).html).toBe(
      '<p dir="auto">00:00 A: &lt;b&gt;<br>00:00 B: y</p><p dir="auto">t</p>',
    );
  });
});

describe('HTML', () => {
  test('is paragraphs with bold speakers, and plain text beside them', () => {
    const { text, html } = writeAs('html', excerpt([line(0, 'A & B', '<i>'), gap(''), typed('x\ny')]));
    expect(html).toBe(
      '<p dir="auto">00:00 <b>A &amp; B:</b> &lt;i&gt;<br><i>[…]</i></p><p dir="auto">x<br>y</p>',
    );
    expect(text).toBe('00:00 A & B: <i>\n[…]\n\nx\ny');
  });
});

describe('Markdown', () => {
  test('has a heading, bold speakers and line breaks', () => {
    const { text, html } = writeAs('markdown', excerpt(parts, { customer: 'A * #' }), { header: true });
    expect(text.replace(/\u202f/g, ' ')).toBe(
      '### A * # · +15125550142 → +18005550160\n\nNov 22, 2026, 8:25 PM · 03:12\n\n00:12 **Caller:** i lost my card  \n00:15 **Callee:** sorry  \n*\\[lines may be missing]*\n\nSent a new one.  \nBy post.\n\nAsked for more.\n\n01:01 **Caller:** thanks',
    );
    expect(html).toContain('<h3 dir="auto">A * # · ');
    expect(html).toContain('<b>Caller:</b> i lost my card<br>');
  });
});

describe('JSON', () => {
  test('keeps its schema whatever the options are', () => {
    const { text, html } = writeAs('json', excerpt([line(1_500, 'A', '<x>'), gap('g'), typed('t')]), {
      times: false,
    });
    expect(JSON.parse(text)).toEqual({
      format: 'earshot-call',
      version: 1,
      call: {
        id: 'call-1',
        caller: '+15125550142',
        callee: '+18005550160',
        customer: 'Patricia Brown',
        startedAt: '2026-11-22T20:25:00.000Z',
        endedAt: '2026-11-22T20:28:12.000Z',
      },
      ticket: '#1042',
      writtenAt: '2026-11-22T20:35:00.000Z',
      parts: [
        {
          kind: 'line',
          at: '2026-11-22T20:25:01.500Z',
          offsetMs: 1_500,
          leg: 'caller',
          speaker: 'A',
          text: '<x>',
        },
        {
          kind: 'gap',
          from: '2026-11-22T20:25:20.000Z',
          to: '2026-11-22T20:25:25.000Z',
          fromMs: 20_000,
          toMs: 25_000,
          text: 'g',
        },
        { kind: 'text', text: 't' },
      ],
    });
    expect(html).toMatch(/^<pre>\{\n.*&lt;x&gt;.*<\/pre>$/s);
  });

  test('has null for what is not known', () => {
    const { call } = JSON.parse(
      writeAs('json', excerpt([], { caller: undefined, endedAtMs: undefined })).text,
    );
    expect([call.caller, call.endedAt]).toEqual([null, null]);
  });
});

describe('WebVTT', () => {
  test('has a cue a line in the order of time, and comments', () => {
    const { text } = writeAs(
      'webvtt',
      excerpt([
        line(3_700_250, 'B', 'late'),
        typed('one -->\n\n two'),
        line(-500, 'A', 'a --> <b> & c'),
        line(4_000, 'A > B', 'x'),
        line(4_000, 'B', 'y'),
        gap('gone'),
        typed(' '),
      ]),
    );
    expect(text).toBe(
      'WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n<v A>a --&gt; &lt;b&gt; &amp; c\n\n00:00:04.000 --> 00:00:14.000\n<v A &gt; B>x\n\n00:00:04.000 --> 00:00:14.000\n<v B>y\n\nNOTE\ngone\n\n01:01:40.250 --> 01:01:50.250\n<v B>late\n\nNOTE\none --&gt;\n two\n',
    );
  });

  test('begins with who and when as a comment', () => {
    expect(writeAs('webvtt', excerpt([]), { header: true }).text).toMatch(
      /^WEBVTT\n\nNOTE\nPatricia .*\n.*03:12\n$/,
    );
  });

  test('is valid, whatever was said', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -5, max: 40_000 }), fc.string({ unit: 'binary' })), {
          maxLength: 5,
        }),
        fc.string({ unit: 'binary' }),
        (said, note) => {
          const { text } = writeAs(
            'webvtt',
            excerpt([...said.map(([at, words]) => line(at, words, words)), typed(note)]),
          );
          let lastMs = 0;
          for (const block of text.trimEnd().split('\n\n').slice(1)) {
            if (block.startsWith('NOTE\n')) {
              expect(block).not.toContain('-->');
              continue;
            }
            const [, from, to] =
              /^00:00:(\d\d\.\d{3}) --> 00:00:(\d\d\.\d{3})\n<v [^\n>]*>[^\n<>]*$/.exec(block) ?? [];
            expect(Number(to)).toBeGreaterThan(Number(from));
            expect(Number(from)).toBeGreaterThanOrEqual(lastMs);
            lastMs = Number(from);
          }
        },
      ),
    );
  });
});

describe.each(formats.map(({ id }) => id))('%s', (id) => {
  test('holds no markup but its own in HTML', () => {
    const { html } = writeAs(id, excerpt([line(0, nasty, nasty), typed(nasty), gap(nasty)]), {
      header: true,
    });
    const tags = html.match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => !/^<\/?(?:p|b|i|h3|pre)>$|^<br>$|^<(?:p|h3) dir="auto">$/.test(tag))).toEqual(
      [],
    );
  });

  test('holds no control character and no half of a character', () => {
    const bad = 'a\0b\x1b[31m\u009bc\ud800d\r\ne\tf';
    const { text, html } = writeAs(id, excerpt([line(0, bad, bad), typed(bad)]), { header: true });
    for (const flavour of [text, html]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(flavour).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f]/);
      expect(flavour.isWellFormed()).toBe(true);
    }
  });

  test('carries 100,000 characters', () => {
    const long = 'word '.repeat(20_000).trim();
    expect(writeAs(id, excerpt([line(0, 'A', long)])).text).toContain(long);
  });

  test('survives times out of a date’s reach', () => {
    expect(() =>
      writeAs(id, excerpt([line(1e300, 'A', 'x')], { startedAtMs: -1e300 }), { header: true }),
    ).not.toThrow();
  });
});
