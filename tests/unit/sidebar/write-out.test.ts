import { signal } from '@preact/signals';
import { describe, expect, test, vi } from 'vitest';
import { createWriteOut } from '../../../components/sidebar/write-out.ts';
import type { PageRecord } from '../../../utils/messaging/surface.ts';
import { decodePreferences, type Preferences } from '../../../utils/settings/preferences.ts';
import type { NoteItem, PinnedLine } from '../../../utils/transcript/note.ts';
import { change, gap, line } from './call-changes.ts';

vi.mock('../../../utils/browser/runtime.ts', () => ({
  words: (key: string) => key,
  uiLanguage: () => 'en',
}));

const { call } = change('one', [], { startedAtMs: 0 });
const CARD = '4242 4242 4242 4242';

function writer(preferences: Partial<Preferences> = {}, page?: PageRecord) {
  return createWriteOut({
    preferences: signal({ ...decodePreferences(undefined), ...preferences }),
    page: signal(page),
    nowMs: () => 0,
    locale: 'en',
  });
}

function said(index: number, text: string) {
  return line(index, 'caller', text);
}

describe('entries', () => {
  test('are written in the preferred format, or in the one that is asked for', () => {
    const { entries } = writer();
    const one = [{ ...said(0, 'hello'), atMs: 12_000 }];
    expect(entries(call, one)).toMatchObject({
      text: '00:12 legCaller: hello',
      extension: 'txt',
      hiddenCount: 0,
    });
    expect(entries(call, one, { formatId: 'json' })).toMatchObject({ extension: 'json' });
    expect(writer({ copyTimes: false }).entries(call, one).text).toBe('legCaller: hello');
  });

  test('are redacted, unless they are asked for as they were said', () => {
    const { entries } = writer();
    const one = [said(0, `it is ${CARD}`)];
    expect(entries(call, one)).toMatchObject({ text: '00:00 legCaller: it is [card]', hiddenCount: 1 });
    expect(entries(call, one, { redacted: false }).text).toContain(CARD);
  });

  test('hide what is left of a number that began in a line that is not written', () => {
    const { entries } = writer();
    const before = said(0, 'it is 4012 8888');
    const after = said(1, '8888 1881');
    expect(entries(call, [after], { around: [before, after] }).text).toBe('00:00 legCaller: [card]');
    expect(entries(call, [after]).text).toContain('8888 1881');
  });

  test('begin with a header only as a whole call, and only where it is wanted', () => {
    const all = [said(0, 'hello')];
    const bare = '00:00 legCaller: hello';
    expect(writer().entries(call, all, { whole: true }).text).not.toBe(bare);
    expect(writer().entries(call, all, { whole: true }).text).toContain(bare);
    expect(writer({ noteHeader: false }).entries(call, all, { whole: true }).text).toBe(bare);
  });

  test('begin with the numbers of the call, unless phone numbers are hidden', () => {
    const { call: ours } = change('one', [], { parties: { caller: '+15125550142', customer: 'Ann' } });
    const { redaction } = decodePreferences(undefined);
    const header = (phones: boolean) =>
      writer({ redaction: { ...redaction, phones } }).entries(ours, [said(0, 'hello')], { whole: true }).text;
    expect(header(false)).toContain('+15125550142');
    expect(header(true)).toContain('[phone]');
    expect(header(true)).toContain('Ann');
  });

  test('say where lines may be missing', () => {
    expect(writer().entries(call, [said(0, 'hello'), gap(1)]).text).toContain('gapRelayAway');
  });
});

describe('a note', () => {
  const pin = (part: Partial<PinnedLine>): NoteItem => ({
    kind: 'line',
    id: 'a',
    index: 0,
    leg: 'caller',
    atMs: 0,
    text: 'as it was said',
    ...part,
  });
  const bare = { noteHeader: false };

  test('has pinned lines and typed text in the note’s own order', () => {
    const { note } = writer(bare);
    const { text } = note(call, [{ kind: 'text', id: 'b', text: 'blocked the card' }, pin({})]);
    expect(text).toMatch(/^blocked the card\n+00:00 legCaller: as it was said$/);
  });

  test('has what the agent made of a line instead of the line', () => {
    expect(writer(bare).note(call, [pin({ own: 'in short' })]).text).toBe('00:00 legCaller: in short');
  });

  test('is redacted in all its parts, and counts them', () => {
    const items: NoteItem[] = [
      { kind: 'text', id: 'b', text: `typed ${CARD}` },
      pin({ text: `said ${CARD}` }),
      pin({ own: `own ${CARD}` }),
      pin({ index: 3 }),
    ];
    const { text, hiddenCount } = writer(bare).note(call, items);
    expect(text).not.toContain('4242');
    expect(hiddenCount).toBe(3);
  });

  test('hides the end of a number that a pinned line has, with the line before in sight', () => {
    const around = [said(4, 'it is 4012 8888'), said(5, '8888 1881')];
    const { text } = writer(bare).note(call, [pin({ index: 5, text: '8888 1881' })], { around });
    expect(text).toBe('00:00 legCaller: [card]');
  });

  test('names the record it goes to', () => {
    const own = { id: 't', name: 'Mine', header: 'for {ticket}', line: '{text}' };
    const page = { title: 'A ticket', numbers: [], record: { kind: 'ticket' as const, id: '1042' } };
    const { text } = writer({ templates: [own], copyFormat: 'own:t' }, page).note(call, [pin({})]);
    expect(text).toMatch(/^for #1042\n+as it was said$/);
  });
});
