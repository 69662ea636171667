import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../utils/transcript/call.ts';
import { createCallBook } from '../../../utils/transcript/call-book.ts';

type Said = { text: string; final?: boolean; leg?: number; utterance_id?: string; event?: string };

/** Plays events of one call through a book, and gives what would be on screen. */
function play(events: readonly (Said | 'gap')[]) {
  const book = createCallBook();
  events.forEach((event, at) => {
    if (event === 'gap') book.takeGap({ fromMs: 1, toMs: 2, reason: 'upstream-away' });
    else book.takeEvent({ callid: 'c1', leg: 0, ...event }, 1_000 + at);
  });
  return book.calls().get('c1')?.entries.map(show);
}

function show(entry: Entry): string {
  return entry.kind === 'gap' ? '(gap)' : `${entry.text}${entry.final ? '.' : '…'}`;
}

describe('interim lines grow in place and are settled by their final', () => {
  test.each<[string, (Said | 'gap')[], string[]]>([
    [
      'one utterance',
      [
        { text: 'i lost', final: false },
        { text: 'i lost my', final: false },
        { text: 'i lost my card', final: true },
      ],
      ['i lost my card.'],
    ],
    ['a final alone', [{ text: 'hello' }], ['hello.']],
    ['the same words twice are two lines', [{ text: 'yes' }, { text: 'yes' }], ['yes.', 'yes.']],
    [
      'two legs at once keep the places they began in',
      [
        { text: 'my name', final: false, leg: 0 },
        { text: 'mm', final: false, leg: 1 },
        { text: 'mm hmm', final: true, leg: 1 },
        { text: 'my name is mary', final: true, leg: 0 },
      ],
      ['my name is mary.', 'mm hmm.'],
    ],
    [
      'ids tell utterances of one leg apart',
      [
        { text: 'a one', final: false, utterance_id: '1' },
        { text: 'b two', final: false, utterance_id: '2' },
        { text: 'a one done', final: true, utterance_id: '1' },
        { text: 'b two done', final: true, utterance_id: '2' },
      ],
      ['a one done.', 'b two done.'],
    ],
    [
      'an interim that comes after its final is dropped',
      [
        { text: 'yes please', final: true, utterance_id: '1' },
        { text: 'yes', final: false, utterance_id: '1' },
      ],
      ['yes please.'],
    ],
    [
      'a second final of one id corrects the first',
      [
        { text: 'form a', final: true, utterance_id: '1' },
        { text: 'for me', final: true, utterance_id: '1' },
      ],
      ['for me.'],
    ],
    [
      'a final with an id settles the nameless interim of its leg',
      [
        { text: 'i lost', final: false },
        { text: 'i lost it', final: true, utterance_id: '9' },
      ],
      ['i lost it.'],
    ],
    [
      'a recogniser that changes its mind stays in place',
      [
        { text: 'i scream', final: false },
        { text: 'ice cream please', final: false },
        { text: 'ice cream please', final: true },
      ],
      ['ice cream please.'],
    ],
    [
      'a final that never came does not cost the words that were heard',
      [
        { text: 'can you send me a new one to my address', final: false },
        { text: 'oh', final: false },
        { text: 'oh wait', final: true },
      ],
      ['can you send me a new one to my address.', 'oh wait.'],
    ],
    [
      'a final that was only delayed by a gap finds its line above it',
      [{ text: 'my name is', final: false }, 'gap', { text: 'my name is mary', final: true }],
      ['my name is mary.', '(gap)'],
    ],
    [
      'other words after a gap begin a line of their own',
      [{ text: 'my name is', final: false }, 'gap', { text: 'thank you very much indeed', final: true }],
      ['my name is.', '(gap)', 'thank you very much indeed.'],
    ],
    [
      'the end of the call settles what is open, and a late final still finds it',
      [
        { text: 'good', final: false },
        { text: '', event: 'call_ended' },
        { text: 'good bye', final: true },
      ],
      ['good bye.'],
    ],
  ])('%s', (_name, events, expected) => {
    expect(play(events)).toEqual(expected);
  });

  test('over any interleaving of two legs each final is there once and no interim is left', () => {
    const utterance = fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(utterance, { maxLength: 8 }),
        fc.array(utterance, { maxLength: 8 }),
        fc.infiniteStream(fc.boolean()),
        (one, other, coin) => {
          const stream = (leg: number, utterances: string[][]) =>
            utterances.flatMap((words) =>
              words.map((_, at) => ({
                leg,
                text: words.slice(0, at + 1).join(' '),
                final: at === words.length - 1,
              })),
            );
          const left = stream(0, one);
          const right = stream(1, other);
          const merged: Said[] = [];
          while (left.length + right.length > 0) {
            const from = right.length === 0 || (left.length > 0 && coin.next().value) ? left : right;
            const next = from.shift();
            if (next !== undefined) merged.push(next);
          }
          const shown = play(merged) ?? [];
          const sent = [...one, ...other].map((words) => `${words.join(' ')}.`);
          expect([...shown].sort()).toEqual(sent.sort());
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a call', () => {
  test('is live until the platform says that it ended, however long it is silent', () => {
    const book = createCallBook();
    book.takeEvent({ callid: 'c1', text: 'hello' }, 1_000);
    book.takeEvent({ callid: 'c2', text: 'hello' }, 9_000_000);
    expect(book.calls().get('c1')?.head).toMatchObject({ phase: 'live', lastLineAtMs: 1_000 });
    book.takeEvent({ callid: 'c1', event: 'hangup' }, 9_000_001);
    expect(book.calls().get('c1')?.head).toMatchObject({ phase: 'ended', endedAtMs: 9_000_001 });
    book.takeEvent({ callid: 'c1', event: 'call_started' }, 9_000_002);
    expect(book.calls().get('c1')?.head).toMatchObject({ phase: 'live' });
  });

  test('gathers who is on it from whichever event says so', () => {
    const book = createCallBook();
    book.takeEvent({ callid: 'c1', text: 'hello', cli: '+15125550142' }, 1);
    book.takeEvent({ callid: 'c1', event: 'answered', customer: 'Mary', cli: 'other' }, 2);
    expect(book.calls().get('c1')?.head.parties).toMatchObject({ caller: '+15125550142', customer: 'Mary' });
  });
});

describe('making room', () => {
  test('the oldest ended call goes first, then the older half of the longest', () => {
    const book = createCallBook();
    for (let at = 0; at < 10; at += 1) book.takeEvent({ callid: 'live', text: `line ${at}` }, at);
    book.takeEvent({ callid: 'ended', text: 'bye' }, 20);
    book.takeEvent({ callid: 'ended', event: 'ended' }, 21);
    expect(book.shrink()).toEqual([{ kind: 'forgotten', callId: 'ended' }]);
    expect(book.shrink()).toMatchObject([{ kind: 'call', firstIndex: 5, entries: [] }]);
    expect(book.calls().get('live')?.entries).toHaveLength(5);
  });

  test('with nothing to let go, nothing goes', () => {
    const book = createCallBook();
    expect(book.shrink()).toEqual([]);
    book.takeEvent({ callid: 'live', text: 'the only line' }, 1);
    expect(book.shrink()).toEqual([]);
  });

  test('a restored call goes on where it was', () => {
    const book = createCallBook();
    book.takeEvent({ callid: 'c1', text: 'my name', final: false }, 1);
    const other = createCallBook();
    for (const call of book.calls().values()) other.restore(structuredClone(call));
    other.takeEvent({ callid: 'c1', text: 'my name is mary', final: true }, 2);
    expect(other.calls().get('c1')?.entries.map(show)).toEqual(['my name is mary.']);
  });

  test('utterances that are never settled are bounded, and their words stay', () => {
    const book = createCallBook();
    for (let at = 0; at < 40; at += 1) {
      book.takeEvent({ callid: 'c1', text: `open ${at}`, final: false, utterance_id: `u${at}` }, at);
    }
    const call = book.calls().get('c1');
    expect(call?.head.open).toHaveLength(16);
    expect(call?.entries.map(show).slice(0, 2)).toEqual(['open 0.', 'open 1.']);
    expect(call?.entries).toHaveLength(40);
  });
});

describe('bounds', () => {
  test('a call keeps its newest entries and says where they begin', () => {
    const book = createCallBook({ calls: 2, entriesACall: 100 });
    for (let at = 0; at < 1_000; at += 1) book.takeEvent({ callid: 'c1', text: `line ${at}` }, at);
    const call = book.calls().get('c1');
    expect(call?.entries.length).toBeGreaterThanOrEqual(100);
    expect(call?.entries.length).toBeLessThanOrEqual(105);
    expect(call?.entries[0]).toMatchObject({ index: call?.firstIndex, text: `line ${call?.firstIndex}` });
    expect(call?.entries.at(-1)).toMatchObject({ index: 999, text: 'line 999' });
  });

  test('the longest ended call makes room, and a live one only where none has ended', () => {
    const book = createCallBook({ calls: 2, entriesACall: 100 });
    book.takeEvent({ callid: 'live', text: 'a' }, 1);
    book.takeEvent({ callid: 'ended', text: 'b' }, 2);
    book.takeEvent({ callid: 'ended', event: 'ended' }, 3);
    expect(book.takeEvent({ callid: 'third', text: 'c' }, 4)).toContainEqual({
      kind: 'forgotten',
      callId: 'ended',
    });
    expect(book.takeEvent({ callid: 'fourth', text: 'd' }, 5)).toContainEqual({
      kind: 'forgotten',
      callId: 'live',
    });
  });

  test('unread events are counted by reason, until they are taken again', () => {
    const book = createCallBook();
    for (let at = 0; at < 5; at += 1) book.takeEvent(`{"callid":${at}`, at);
    expect(book.unread()).toEqual({ count: 5, lastReason: 'broken-json', byReason: { 'broken-json': 5 } });
    book.uncount(['broken-json', 'broken-json']);
    expect(book.unread()).toMatchObject({ count: 3, byReason: { 'broken-json': 3 } });
    book.uncount(['broken-json', 'broken-json', 'broken-json']);
    expect(book.unread()).toEqual({ count: 0, lastReason: undefined, byReason: {} });
  });

  test('calls are forgotten when asked', () => {
    const book = createCallBook();
    book.takeEvent({ callid: 'a', text: 'x' }, 1);
    book.takeEvent({ callid: 'b', text: 'y' }, 2);
    expect(book.forget(['a', 'unknown'])).toEqual([{ kind: 'forgotten', callId: 'a' }]);
    expect([...book.calls().keys()]).toEqual(['b']);
  });
});
