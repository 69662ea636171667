import { describe, expect, test, vi } from 'vitest';
import type { Match } from '../../../components/sidebar/choose-call.ts';
import { createInsertion } from '../../../components/sidebar/insertion.ts';
import type { InsertOutcome, InsertTarget } from '../../../utils/messaging/insertion.ts';
import type { FromSidebar } from '../../../utils/messaging/sidebar-port.ts';
import { createHandClock } from '../background/hand-clock.ts';

vi.mock('../../../utils/browser/runtime.ts', () => ({ words: (key: string) => key }));

const written = { text: 'a note', html: '<p>a note</p>' };
const reply: InsertTarget = { id: 'e1', label: 'Public reply', lines: 'many', reach: 'direct' };

function setUp(
  given: { target?: InsertTarget | undefined; match?: Match; copies?: boolean; heard?: boolean } = {},
) {
  const { match = 'same', copies = true, heard = true } = given;
  const clock = createHandClock();
  const said: FromSidebar[] = [];
  const copied: string[] = [];
  const told: { text: string; tone: string }[] = [];
  const can = { copy: copies };
  let count = 0;
  const insertion = createInsertion({
    match: () => match,
    say: (message) => heard && said.push(message) > 0,
    copy: ({ text }) => can.copy && copied.push(text) > 0,
    notify: (notice) => told.push(notice),
    pasteKeys: 'Ctrl+V',
    newId: () => `r${count++}`,
    setTimer: clock.setTimer,
  });
  insertion.take({ type: 'target', target: 'target' in given ? given.target : reply });
  return {
    ...{ insertion, clock, said, copied, can },
    tones: () => told.map(({ tone }) => tone),
    name: () => insertion.state.value.name,
    answer: (outcome: InsertOutcome, request = 'r0') =>
      insertion.take({ type: 'inserted', request, outcome }),
  };
}

describe('an insertion', () => {
  test('goes into the editor that was named, and is done when the page says so', () => {
    const { insertion, said, name, answer, tones, copied } = setUp();
    insertion.insert(written);
    expect(said).toEqual([{ type: 'insert', request: 'r0', targetId: 'e1', text: 'a note', ownLine: true }]);
    expect(name()).toBe('running');
    answer('inserted');
    expect([name(), tones(), copied]).toEqual(['idle', ['done'], []]);
  });

  test('is one at a time', () => {
    const { insertion, said } = setUp();
    insertion.insert(written);
    insertion.insert(written);
    expect(said.length).toBe(1);
  });

  test.each(['not-taken', 'partly', 'no-target', 'target-changed', 'not-reachable', 'no-page'] as const)(
    'that ends as %s is copied instead',
    (outcome) => {
      const { insertion, name, answer, tones, copied } = setUp();
      insertion.insert(written);
      answer(outcome);
      expect([name(), tones(), copied]).toEqual(['idle', ['failed'], ['a note']]);
    },
  );

  test('that no page answers is copied after 12 s, and a late answer changes nothing', async () => {
    const { insertion, clock, name, answer, tones, copied } = setUp();
    insertion.insert(written);
    await clock.elapse(11_999);
    expect(name()).toBe('running');
    await clock.elapse(1);
    answer('inserted');
    expect([name(), tones(), copied]).toEqual(['idle', ['failed'], ['a note']]);
  });

  test('that nobody heard of is copied at once', () => {
    const { insertion, tones, copied } = setUp({ heard: false });
    insertion.insert(written);
    expect([tones(), copied]).toEqual([['failed'], ['a note']]);
  });

  test('is not ended by the answer to another', () => {
    const { insertion, name, answer } = setUp();
    insertion.insert(written);
    answer('inserted', 'r9');
    expect(name()).toBe('running');
  });

  test.each([
    ['without an editor', undefined],
    ['into another site', { ...reply, reach: 'clipboard', host: 'help.example.com' } as const],
  ])('%s is copied at once, from the click itself', (_, target) => {
    const { insertion, said, copied, name } = setUp({ target });
    insertion.insert(written);
    expect([said, copied, name()]).toEqual([[], ['a note'], 'idle']);
  });

  test('that is too long is copied', () => {
    const { insertion, said, copied } = setUp();
    insertion.insert({ text: 'x'.repeat(2_000_001), html: '' });
    expect([said.length, copied.length]).toEqual([0, 1]);
  });
});

describe('a call of another record', () => {
  test('asks first, and goes where it was asked for', () => {
    const { insertion, said, name } = setUp({ match: 'other' });
    insertion.insert(written);
    expect([name(), said]).toEqual(['asking', []]);
    insertion.take({ type: 'target', target: { ...reply, id: 'e2' } });
    insertion.confirm();
    expect(said).toMatchObject([{ targetId: 'e1' }]);
  });

  test('is let be when the agent says so', () => {
    const { insertion, said, name } = setUp({ match: 'other' });
    insertion.insert(written);
    insertion.cancel();
    insertion.confirm();
    expect([name(), said]).toEqual(['idle', []]);
  });

  test.each(['same', 'unknown'] as const)('is not asked about where the numbers are %s', (match) => {
    const { insertion, name } = setUp({ match });
    insertion.insert(written);
    expect(name()).toBe('running');
  });
});

describe('what can be neither inserted nor copied', () => {
  test('waits for a click that copies it', () => {
    const { insertion, answer, name, can, copied } = setUp({ copies: false });
    insertion.insert(written);
    answer('not-taken');
    expect(insertion.state.value).toMatchObject({ name: 'refused', reason: 'insertNotTaken' });
    can.copy = true;
    insertion.copyRefused();
    expect([name(), copied]).toEqual(['idle', ['a note']]);
  });

  test('is let go when the agent says so', () => {
    const { insertion, answer, name } = setUp({ copies: false });
    insertion.insert(written);
    answer('no-page');
    insertion.cancel();
    expect(name()).toBe('idle');
  });
});
