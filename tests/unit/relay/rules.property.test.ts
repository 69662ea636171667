/**
 * Whatever the platform sends, whatever rules change and whoever comes and goes: no agent receives an event outside
 * the rules of that moment, and in the end each has every event that it may see. The model works both out anew from
 * all events each time.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Agent } from '../../../relay/access/agents.ts';
import { hashToken } from '../../../relay/access/authenticate.ts';
import type { CallsAllowed } from '../../../relay/stream/rules.ts';
import { createClientSetup } from './client-setup.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

/** What one event says; `frameOf` writes it as the platform might. */
type Said = { call?: string; dest?: string; customer?: string; to?: string; text?: string; final: boolean };
type Frame =
  | { as: 'object' | 'wrapped' | 'json in a string'; said: Said }
  | { as: 'list' | 'wrapped list'; said: Said[] }
  | { as: 'words' };

const RULES: readonly CallsAllowed[] = [
  'all',
  [],
  [{ field: 'dest_number', in: ['d1'] }],
  [{ field: 'DestNumber', in: ['d1', 'd2'] }],
  [{ field: 'customer', match: 'acme*' }],
  [
    { field: 'customer', match: '*LTD' },
    { field: 'dest number', in: ['d3'] },
  ],
  [{ field: 'call.to', in: ['t1'] }],
  [{ field: 'nobody knows', in: ['d1'] }],
];

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const said = fc.record(
  {
    call: fc.constantFrom('c1', 'c2', 'c3', 'c4'),
    dest: maybe(fc.constantFrom('d1', 'd2', 'd3')),
    customer: maybe(fc.constantFrom('Acme Ltd', 'acme', 'Other Ltd', 'nobody')),
    to: maybe(fc.constantFrom('t1', 't2')),
    text: maybe(fc.constantFrom('one', 'one two', 'other')),
    final: fc.boolean(),
  },
  { requiredKeys: ['final'] },
) as fc.Arbitrary<Said>;
const frame: fc.Arbitrary<Frame> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ as: fc.constantFrom('object', 'wrapped', 'json in a string'), said }) },
  {
    weight: 2,
    arbitrary: fc.record({
      as: fc.constantFrom('list', 'wrapped list'),
      said: fc.array(said, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ as: fc.constant('words' as const) }) },
);
const NAMES = ['Ann', 'Ben', 'Cas'];
const who = fc.nat(NAMES.length - 1);
type Step =
  | { do: 'say'; frames: Frame[] }
  | { do: 'rules'; who: number; token: number; calls: CallsAllowed }
  | { do: 'renew'; who: number; token: number }
  | { do: 'away' | 'back' | 'clog' | 'drain'; who: number }
  | { do: 'pump' | 'wait' };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('say' as const), frames: fc.array(frame, { maxLength: 5 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('rules' as const),
      who,
      token: fc.nat(1),
      calls: fc.constantFrom(...RULES),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('renew' as const), who, token: fc.nat(1) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('away', 'back', 'clog', 'drain'), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('pump', 'wait') }) },
);

function eventOf({ call, dest, customer, to, text, final }: Said): object {
  return {
    ...(call === undefined ? {} : { 'Call-ID': call }),
    ...(dest === undefined ? {} : { dest_number: dest }),
    ...(customer === undefined ? {} : { Customer: customer }),
    ...(to === undefined ? {} : { call: { To: to } }),
    ...(text === undefined ? {} : { text, final }),
  };
}

function textOf(one: Frame): string {
  switch (one.as) {
    case 'object':
      return JSON.stringify(eventOf(one.said));
    case 'wrapped':
      return JSON.stringify({ data: eventOf(one.said) });
    case 'json in a string':
      return JSON.stringify(JSON.stringify(eventOf(one.said)));
    case 'list':
      return JSON.stringify(one.said.map(eventOf));
    case 'wrapped list':
      return JSON.stringify({ message: one.said.map(eventOf) });
    case 'words':
      return 'somebody said something';
  }
}

/** The stream's events that a frame becomes: each what it says of its calls. */
function eventsOf(one: Frame): Said[][] {
  switch (one.as) {
    case 'words':
      return [[{ final: true }]];
    case 'object':
    case 'wrapped':
    case 'json in a string':
      return [[one.said]];
    case 'list':
    case 'wrapped list': {
      const isOfOneCall = one.said.every(({ call }) => call !== undefined && call === one.said[0]?.call);
      return isOfOneCall || one.as === 'wrapped list' ? [one.said] : one.said.map((part) => [part]);
    }
  }
}

function satisfies({ dest, customer, to }: Said, calls: CallsAllowed): boolean {
  if (calls === 'all') return true;
  return calls.some((rule) => {
    const field = rule.field.toLowerCase().replace(/[^a-z.]/g, '');
    const value = { destnumber: dest, customer, 'call.to': to }[field];
    if (value === undefined) return false;
    if ('in' in rule) return rule.in.includes(value);
    const pattern = new RegExp(`^${rule.match.replaceAll('*', '.*')}$`, 'i');
    return pattern.test(value);
  });
}

/** `first`: what each token lets be seen in the beginning. */
function play(first: readonly CallsAllowed[], steps: readonly Step[]) {
  const tokenOf = (index: number, token: number) => `${NAMES[index]}-${token}`;
  const setup = createClientSetup({
    limits: { slowMs: 10_000_000, sliceBytes: 300, batchBytes: 200, leanBytes: 2_000 },
    window: { ms: 10_000_000 },
  });
  const history: Said[][] = [];
  let agents = NAMES.flatMap((name, index) =>
    [0, 1].map(
      (token): Agent => ({
        name,
        tokenSha256: hashToken(tokenOf(index, token)),
        calls: first[index * 2 + token] ?? [],
        stream: 'main',
      }),
    ),
  );
  setup.agents.replace({ agents, identity: undefined });
  const entryOf = (index: number, token: number) => {
    const entry = agents[index * 2 + token];
    if (entry === undefined) throw new Error('no such agent');
    return entry;
  };
  const people = NAMES.map((_, index) => ({
    index,
    token: 0,
    had: new Map<number, number>(),
    point: 0,
    socket: undefined as ReturnType<typeof setup.connect> | undefined,
    read: 0,
    inThisConnection: new Set<number>(),
  }));
  let mayRepeat = false;

  function maySee(calls: CallsAllowed, event: readonly Said[]): boolean {
    return event.every((part) =>
      part.call === undefined || calls === 'all'
        ? satisfies(part, calls)
        : history.some((other) =>
            other.some(({ call, ...rest }) => call === part.call && satisfies(rest, calls)),
          ),
    );
  }

  /** What it opens follows, though it does not itself: a client who leaves then has heard of no number as high as its own. */
  function opensUnseen(event: readonly Said[]): boolean {
    return agents.some(
      ({ calls }) =>
        calls !== 'all' &&
        event.some((part) => part.call !== undefined && satisfies(part, calls)) &&
        !maySee(calls, event),
    );
  }

  function read(): void {
    for (const person of people) {
      const { calls } = entryOf(person.index, person.token);
      for (const one of person.socket?.frames.slice(person.read) ?? []) {
        if (one.type === 'position') person.point = Math.max(person.point, one.seq);
        if (one.type !== 'events') continue;
        for (const { seq } of one.events) {
          expect(maySee(calls, history[seq - 1] ?? [])).toBe(true);
          expect(person.inThisConnection.has(seq)).toBe(false);
          person.inThisConnection.add(seq);
          person.had.set(seq, (person.had.get(seq) ?? 0) + 1);
          person.point = Math.max(person.point, seq);
        }
      }
      person.read = person.socket?.frames.length ?? 0;
      expect(person.socket?.log ?? []).toEqual([]);
    }
  }

  type Person = (typeof people)[number];
  function come(person: Person): void {
    if (person.socket !== undefined) return;
    person.socket = setup.connect(entryOf(person.index, person.token));
    person.read = 0;
    person.inThisConnection.clear();
    person.socket.say({ type: 'resume', epoch: 'epoch-1', seq: person.point });
  }
  function go(person: Person): void {
    person.socket?.client.closed();
    person.socket = undefined;
  }
  async function take(now: Step): Promise<void> {
    const person = people['who' in now ? now.who : 0];
    if (person === undefined) return;
    switch (now.do) {
      case 'say':
        for (const one of now.frames) {
          setup.ingest(textOf(one));
          history.push(...eventsOf(one));
          mayRepeat ||= eventsOf(one).some(opensUnseen);
        }
        break;
      case 'rules': {
        mayRepeat = true;
        const changed = entryOf(now.who, now.token);
        agents = agents.map((agent) => (agent === changed ? { ...agent, calls: now.calls } : agent));
        setup.agents.replace({ agents, identity: undefined });
        for (const { socket } of people) socket?.client.recheckToken();
        break;
      }
      case 'renew':
        mayRepeat = true;
        person.token = now.token;
        person.socket?.say({ type: 'token', token: tokenOf(now.who, now.token) });
        await vi.advanceTimersByTimeAsync(0);
        break;
      case 'away':
        go(person);
        break;
      case 'back':
        come(person);
        break;
      case 'clog':
        mayRepeat = true;
        person.socket?.clog();
        break;
      case 'drain':
        person.socket?.drain();
        person.socket?.client.pump();
        break;
      case 'pump':
        for (const { socket } of people) socket?.client.pump();
        break;
      case 'wait':
        vi.advanceTimersByTime(300);
        setup.flow.trim();
        break;
    }
  }

  return (async () => {
    for (const person of people) come(person);
    for (const now of steps) {
      await take(now);
      read();
      // Rates are for other tests.
      vi.advanceTimersByTime(100);
      read();
    }
    expect(setup.stream.head()).toBe(history.length);
    for (const person of people) {
      come(person);
      person.socket?.unclog();
      person.socket?.client.pump();
    }
    read();
    for (const { index, token, had } of people) {
      const { calls } = entryOf(index, token);
      const missing = history.flatMap((event, at) =>
        maySee(calls, event) && !had.has(at + 1) ? [at + 1] : [],
      );
      const superseded = new Set<number>();
      for (let position = 0; position < setup.stream.end(); position += 1) {
        const entry = setup.stream.at(position);
        if (entry?.kind === 'event' && entry.isSuperseded) superseded.add(entry.seq);
      }
      expect(missing.filter((seq) => !superseded.has(seq))).toEqual([]);
      if (!mayRepeat) expect([...had.values()].filter((times) => times > 1)).toEqual([]);
    }
    for (const person of people) go(person);
  })();
}

test('no agent receives an event outside its rules, and each ends with every event it may see', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...RULES), { minLength: 6, maxLength: 6 }),
      fc.array(step, { minLength: 10, maxLength: 50, size: 'max' }),
      play,
    ),
    { numRuns: 400 },
  );
}, 120_000);
