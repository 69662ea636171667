import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { LeaseNote, Term } from '../../../relay/bus/bus.ts';
import { systemClock } from '../../../relay/clock.ts';
import { createLeadership } from '../../../relay/leading/leadership.ts';

const limits = { leaseMs: 5_000, leaseRenewMs: 1_000, leaderPatienceMs: 15_000 };
const term: Term = { epoch: 'e', head: 3, append: async () => ({ kind: 'away' }) };

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

type Held = 'held' | 'other' | 'away';

function noteOf(relay: string, knownUpMs?: number): LeaseNote {
  return { relay, upstream: { state: 'up', since: 0 }, knownUpMs };
}

/** A relay called `us`, and a bus that answers as the test says; `nothing` is an answer that the test gives later. */
function setUp(first: Held | 'nothing' = 'held') {
  const answers: { hold: Held | 'nothing'; term: Term | 'away' | 'nothing' } = { hold: first, term };
  const did: string[] = [];
  const told: string[] = [];
  const unanswered: ((answer: Held) => void)[] = [];
  const unbegun: ((begun: Term | 'away') => void)[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  let knownUpMs: number | undefined;
  let hear: (note: LeaseNote | undefined) => void = () => {};

  async function counted<Answer>(answer: Promise<Answer>): Promise<Answer> {
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    const given = await answer;
    underWay -= 1;
    return given;
  }

  const leadership = createLeadership({
    log: {
      hold(note) {
        did.push(`hold ${note.knownUpMs ?? '-'}`);
        const { hold } = answers;
        return counted(
          hold === 'nothing' ? new Promise((resolve) => unanswered.push(resolve)) : Promise.resolve(hold),
        );
      },
      beginTerm() {
        did.push('begin');
        const begun = answers.term;
        return counted(
          begun === 'nothing' ? new Promise((resolve) => unbegun.push(resolve)) : Promise.resolve(begun),
        );
      },
      async release() {
        did.push('release');
        if (answers.hold === 'away') await new Promise(() => {});
      },
      watchHolder(listener) {
        hear = listener;
      },
    },
    clock: systemClock,
    random: () => 0.5,
    limits,
    note: () => noteOf('us', knownUpMs),
    onLead: ({ head }) => void told.push(`lead from ${head}`),
    onDeposed: (why) => void told.push(`deposed: ${why}`),
    onHolder: (note) => void told.push(`holder: ${note?.relay}`),
  });
  leadership.start();
  return {
    leadership,
    answers,
    told,
    /** What was asked since this was last called. */
    asked: () => did.splice(0),
    hear: (note: LeaseNote | undefined) => hear(note),
    answer: (answer: Held) => unanswered.shift()?.(answer),
    begin: (begun: Term | 'away') => unbegun.shift()?.(begun),
    know(ms: number) {
      knownUpMs = ms;
    },
    mostUnderWay: () => mostUnderWay,
    pass: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
}

describe('following', () => {
  test('asks at once, and leads in the same turn where the lease is free', async () => {
    const { leadership, told, asked } = setUp();
    expect(asked()).toEqual(['hold -']);
    await new Promise(process.nextTick);
    expect(told).toEqual(['lead from 3']);
    expect(leadership.isLeading()).toBe(true);
    expect(asked()).toEqual(['begin']);
  });

  test.each(['other', 'away'] as const)('asks each second while the answer is %s', async (answer) => {
    const { told, asked, pass } = setUp(answer);
    await pass(3_000);
    expect(asked()).toEqual(['hold -', 'hold -', 'hold -', 'hold -']);
    expect(told).toEqual([]);
  });

  test('asks soon after the lease was given up, though not with all others at once', async () => {
    const { hear, answers, told, asked, pass } = setUp('other');
    await pass(100);
    asked();
    hear(noteOf('them'));
    answers.hold = 'held';
    hear(undefined);
    await pass(49);
    expect(asked()).toEqual([]);
    await pass(1);
    expect(told).toEqual(['holder: them', 'holder: undefined', 'lead from 3']);
  });

  test('asks soon again when the lease was given up while it was asking', async () => {
    const { hear, answers, answer, told, pass } = setUp('nothing');
    hear(undefined);
    answers.hold = 'held';
    answer('other');
    await pass(50);
    expect(told).toEqual(['lead from 3']);
  });

  test('tries again a second later where no term could be begun', async () => {
    const { answers, told, asked, pass } = setUp();
    answers.term = 'away';
    await pass(999);
    expect(asked()).toEqual(['hold -', 'begin']);
    answers.term = term;
    await pass(1);
    expect(told).toEqual(['lead from 3']);
  });

  test('does not lead where another relay was heard of while the term began', async () => {
    const { answers, begin, hear, leadership, told, pass } = setUp();
    answers.term = 'nothing';
    await pass(0);
    hear(noteOf('them'));
    begin(term);
    await pass(0);
    expect(leadership.isLeading()).toBe(false);
    expect(told).toEqual(['holder: them']);
    answers.hold = 'other';
    await pass(2_000);
    expect(leadership.isLeading()).toBe(false);
  });
});

describe('leading', () => {
  test('renews each second with the note of that moment', async () => {
    const { asked, know, pass } = setUp();
    await pass(0);
    asked();
    know(7);
    await pass(1_000);
    know(8);
    await pass(1_000);
    expect(asked()).toEqual(['hold 7', 'hold 8']);
  });

  test('tells a changed note at once; what changes meanwhile goes together, one asking at a time', async () => {
    const { leadership, answers, answer, asked, know, mostUnderWay, pass } = setUp();
    await pass(0);
    asked();
    answers.hold = 'nothing';
    for (const ms of [1, 2, 3]) {
      know(ms);
      leadership.noteChanged();
    }
    expect(asked()).toEqual(['hold 1']);
    answers.hold = 'held';
    answer('held');
    await pass(999);
    expect(asked()).toEqual(['hold 3']);
    expect(mostUnderWay()).toBe(1);
  });

  test('ends when the lease is another’s', async () => {
    const { leadership, answers, told, asked, pass } = setUp();
    await pass(0);
    answers.hold = 'other';
    await pass(1_000);
    expect(told).toEqual(['lead from 3', 'deposed: taken']);
    expect(leadership.isLeading()).toBe(false);
    asked();
    await pass(1_000);
    expect(asked()).toEqual(['hold -']);
  });

  test('ends when nobody has answered for 15 s, and goes on asking', async () => {
    const { answers, told, asked, pass } = setUp();
    await pass(500);
    answers.hold = 'away';
    await pass(15_499);
    expect(told).toEqual(['lead from 3']);
    await pass(1);
    expect(told).toEqual(['lead from 3', 'deposed: away']);
    asked();
    answers.hold = 'held';
    await pass(1_000);
    expect(asked()).toEqual(['hold -', 'begin']);
    expect(told.at(-1)).toBe('lead from 3');
  });

  test('outlasts a bus that is back in time, however often', async () => {
    const { answers, told, pass } = setUp();
    await pass(500);
    for (let time = 0; time < 3; time += 1) {
      answers.hold = 'away';
      await pass(14_000);
      answers.hold = 'held';
      await pass(1_000);
    }
    expect(told).toEqual(['lead from 3']);
  });

  test('goes on after a pause if the lease is still ours, whatever the clock says', async () => {
    const { answers, told, pass } = setUp();
    await pass(500);
    vi.setSystemTime(Date.now() + 60_000);
    answers.hold = 'away';
    await pass(1_000);
    answers.hold = 'held';
    await pass(1_000);
    expect(told).toEqual(['lead from 3']);
  });

  test('ended by the writer, competes again a second later, from a fresh term', async () => {
    const { leadership, told, asked, pass } = setUp();
    await pass(600);
    asked();
    leadership.depose('refused');
    expect(told).toEqual(['lead from 3', 'deposed: refused']);
    await pass(999);
    expect(asked()).toEqual([]);
    await pass(1);
    expect(asked()).toEqual(['hold -', 'begin']);
    expect(told.at(-1)).toBe('lead from 3');
  });

  test('ended by the writer, rests no longer where the clock is set back', async () => {
    const { leadership, hear, asked, pass } = setUp();
    await pass(0);
    hear(noteOf('them'));
    leadership.depose('refused');
    asked();
    vi.setSystemTime(0);
    hear(undefined);
    await pass(1_000);
    expect(asked()).toEqual(['hold -', 'begin']);
  });

  test('ended by the writer while it renews, begins no term on that answer', async () => {
    const { leadership, answers, answer, hear, asked, pass } = setUp();
    await pass(0);
    answers.hold = 'nothing';
    leadership.noteChanged();
    leadership.depose('overfull');
    answer('held');
    hear(undefined);
    asked();
    await pass(999);
    expect(asked()).toEqual([]);
    await pass(1);
    expect(asked()).toEqual(['hold -']);
  });

  test('is not ended twice, nor where it never was', async () => {
    const { leadership, told, pass } = setUp('other');
    leadership.depose('refused');
    leadership.noteChanged();
    await pass(0);
    expect(told).toEqual([]);
  });
});

describe('the holder', () => {
  test('is told whenever it is heard of, and missed when it has been silent for as long as a lease lasts', async () => {
    const { hear, told, pass } = setUp('other');
    hear(noteOf('them'));
    await pass(4_000);
    hear(noteOf('them'));
    await pass(4_999);
    expect(told).toEqual(['holder: them', 'holder: them']);
    await pass(1);
    expect(told.at(-1)).toBe('holder: undefined');
    hear(undefined);
    expect(told).toHaveLength(3);
  });

  test('is nobody as soon as we were it and are no more', async () => {
    const { leadership, hear, told, pass } = setUp();
    await pass(0);
    hear(noteOf('us'));
    leadership.depose('overfull');
    expect(told).toEqual(['lead from 3', 'holder: us', 'holder: undefined', 'deposed: overfull']);
  });

  test('is whoever took the lease from us', async () => {
    const { answers, hear, told, pass } = setUp();
    await pass(0);
    hear(noteOf('them'));
    answers.hold = 'other';
    await pass(1_000);
    expect(told).toEqual(['lead from 3', 'holder: them', 'deposed: taken']);
  });
});

describe('stop', () => {
  test('gives the lease up at once, and nothing is told or asked any more', async () => {
    const { leadership, hear, told, asked, pass } = setUp();
    await pass(500);
    asked();
    await leadership.stop();
    hear(noteOf('them'));
    hear(undefined);
    leadership.noteChanged();
    leadership.depose('refused');
    await pass(20_000);
    expect(asked()).toEqual(['release']);
    expect(told).toEqual(['lead from 3']);
    expect(leadership.isLeading()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('waits for what is being asked, which may take the lease', async () => {
    const { leadership, answer, told, asked, pass } = setUp('nothing');
    const stopped = leadership.stop();
    await pass(10);
    expect(asked()).toEqual(['hold -']);
    answer('held');
    await stopped;
    expect(asked()).toEqual(['release']);
    expect(told).toEqual([]);
  });

  test('leads in no term that comes after it', async () => {
    const { leadership, answers, begin, told, pass } = setUp();
    answers.term = 'nothing';
    await pass(0);
    const stopped = leadership.stop();
    begin(term);
    await stopped;
    expect(told).toEqual([]);
  });

  test.each([
    ['the lease cannot be given up', 'away'],
    ['what is being asked is not answered', 'nothing'],
  ] as const)('takes a second where %s', async (_name, hold) => {
    const { leadership, answers, pass } = setUp('other');
    await pass(500);
    answers.hold = hold;
    await pass(500);
    let hasStopped = false;
    void leadership.stop().then(() => {
      hasStopped = true;
    });
    await pass(999);
    expect(hasStopped).toBe(false);
    await pass(1);
    expect(hasStopped).toBe(true);
  });
});
