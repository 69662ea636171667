import { describe, expect, test } from 'vitest';
import { formatOf } from '../../../../utils/transcript/formats/registry.ts';
import { checkTemplate } from '../../../../utils/transcript/formats/template.ts';
import { excerpt, gap, line, options, typed } from './excerpt.ts';

function fill(header: string, each: string, parts = [line(12_000, 'Ann', 'hi')], more = {}) {
  const templates = [{ id: 't', name: 'Mine', header, line: each }];
  return formatOf('own:t', templates).write(excerpt(parts), { ...options, header: true, ...more });
}

describe('a template', () => {
  test('has all of its placeholders filled', () => {
    const { text } = fill(
      '{customer} {caller} {callee} {callId} {date} {clock} {duration} {ticket} {time}{speaker}{text}',
      '- {time} {clock} {speaker}: {text}',
    );
    expect(text.replace(/\u202f/g, ' ')).toBe(
      'Patricia Brown +15125550142 +18005550160 call-1 Nov 22, 2026 8:25 PM 03:12 #1042 00:00\n\n- 00:12 8:25 PM Ann: hi',
    );
  });

  test('takes the words of a call as text', () => {
    const said = '{speaker} {{x}} $& $1 <b>';
    const { text, html } = fill('', '{text}|{speaker}', [line(0, '{text}', said)]);
    expect(text).toBe(`${said}|{text}`);
    expect(html).toBe('<p dir="auto">{speaker} {{x}} $&amp; $1 &lt;b&gt;|{text}</p>');
  });

  test.each([
    ['{{text}}', '{text}'],
    ['{{{text}}}', '{hi}'],
    ['{nobody} {Text} { }', '{nobody} {Text} { }'],
    ['a } b { c {', 'a } b { c {'],
    ['{text}{text}', 'hihi'],
  ])('%s', (each, expected) => {
    expect(fill('', each).text).toBe(expected);
  });

  test('leaves its header out where none is wanted, and keeps typed text and gaps', () => {
    const parts = [line(0, 'A', 'x'), gap('gone'), typed('mine')];
    expect(fill('Head', '{text}', parts, { header: false }).text).toBe('x\n[gone]\n\nmine');
    expect(fill('Head\n', '{text}', parts).text).toBe('Head\n\nx\n[gone]\n\nmine');
  });

  test('is checked for placeholders that are not known', () => {
    expect(checkTemplate('{time} {tiem} {{x}} {tiem} {a b} }')).toEqual({ unknown: ['tiem', 'a b'] });
  });
});
