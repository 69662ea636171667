/** Which of a script's streams is in force, and what becomes of one that its servers do not answer for. */
import { jetstream, type StreamAPI } from '@nats-io/jetstream';
import { connect, errors } from '@nats-io/transport-node';
import pino from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Script, Term } from '../../relay/bus/bus.ts';
import { type CurrentStream, trackCurrentStream } from '../../relay/bus/nats/current-stream.ts';
import { nameScript } from '../../relay/bus/nats/names.ts';
import type { NatsSession } from '../../relay/bus/nats/nats-connection.ts';
import { openTerms } from '../../relay/bus/nats/open-terms.ts';
import { systemClock } from '../../relay/clock.ts';
import { until } from '../unit/relay/until.ts';
import { appendAll, lines, newScript, storedAfter } from './bus-relays.ts';
import { startServer } from './bus-worlds.ts';

const SILENT_MS = 15_000;
const log = pino({ enabled: false });

describe('of the streams of a script', () => {
  test('the newest is in force, and no older one while it does not answer', async () => {
    const world = await startWorld();
    const first = world.track();
    expect((await first.create(world.session))?.name).toBe(world.base);
    expect((await first.replace(world.session))?.name).toBe(`${world.base}-1`);
    expect((await world.track().find(world.session))?.name).toBe(`${world.base}-1`);
    world.silence(`${world.base}-1`);
    await expect(first.find(world.session)).rejects.toThrow(errors.TimeoutError);
    await expect(world.track().find(world.session)).rejects.toThrow(errors.TimeoutError);
  });

  test('one that another relay has created is found by who knew the one before', async () => {
    const world = await startWorld();
    const [one, other] = [world.track(), world.track()];
    await one.create(world.session);
    expect((await other.find(world.session))?.name).toBe(world.base);
    await one.replace(world.session);
    expect((await other.find(world.session))?.name).toBe(`${world.base}-1`);
    expect(await other.replace(world.session)).toMatchObject({ name: `${world.base}-2` });
    expect((await one.find(world.session))?.name).toBe(`${world.base}-2`);
  });

  test('that of another script is none', async () => {
    const world = await startWorld();
    const other = trackCurrentStream({ ...world.script, url: 'wss://other.example' }, 1, systemClock, log);
    await other.create(world.session);
    await other.replace(world.session);
    expect(await world.track().find(world.session)).toBeUndefined();
  });
});

describe('a term', () => {
  test('begins on another stream once the one in force has not answered for long, and the silent one is removed', async () => {
    const world = await startWorld();
    const stream = world.track();
    const terms = world.openTerms(stream);
    const former = await begun(terms.begin());
    world.silence(world.base);
    expect(await terms.begin()).toBe('away');
    world.pass(SILENT_MS - 5_000);
    expect(await terms.begin()).toBe('away');
    world.pass(5_000);
    const latter = await begun(terms.begin());
    expect(latter.epoch).not.toBe(former.epoch);
    expect(await appendAll(latter, lines(3))).toEqual(storedAfter(latter.head, 3));
    await until(async () => expect(await world.names()).toEqual([`${world.base}-1`]));
  });

  test('does not begin anew while JetStream answers nothing at all', async () => {
    const world = await startWorld();
    const terms = world.openTerms(world.track());
    const former = await begun(terms.begin());
    world.silence(world.base);
    expect(await terms.begin()).toBe('away');
    world.silence('names');
    world.pass(SILENT_MS);
    expect(await terms.begin()).toBe('away');
    world.speak();
    expect((await begun(terms.begin())).epoch).toBe(former.epoch);
  });

  test('begins on a stream of another name where the first is not answered for when it is made', async () => {
    const world = await startWorld();
    world.silence(`to make ${world.base}`);
    const term = await begun(world.openTerms(world.track()).begin());
    expect(await appendAll(term, lines(3))).toEqual(storedAfter(term.head, 3));
    expect(await world.names()).toEqual([`${world.base}-1`]);
  });
});

async function begun(term: Promise<Term | 'away'>): Promise<Term> {
  const answer = await term;
  if (answer === 'away') throw new Error('no term has begun');
  return answer;
}

/** A real server whose answers for single streams, or for the list of them, can be held back. */
async function startWorld() {
  const server = await startServer();
  const connection = await connect({ servers: server.url });
  onTestFinished(() => connection.close());
  const script: Script = newScript();
  const jetStream = jetstream(connection);
  const { streams, consumers } = await jetStream.jetstreamManager();
  const silent = new Set<string>();
  let passedMs = 0;
  const clock = { ...systemClock, now: () => Date.now() + passedMs };
  const ifHeard = async <Answer>(name: string, ask: () => Promise<Answer>): Promise<Answer> => {
    if (silent.has(name)) throw new errors.TimeoutError();
    return await ask();
  };
  const heard: Pick<StreamAPI, 'info' | 'add' | 'names'> = {
    info: (name, options) => ifHeard(name, () => streams.info(name, options)),
    add: (config) => ifHeard(`to make ${config.name}`, () => streams.add(config)),
    names: (subject) => {
      const lister = streams.names(subject);
      const next = lister.next.bind(lister);
      return Object.assign(lister, { next: () => ifHeard('names', next) });
    },
  };
  const session: NatsSession = {
    connection,
    consumers,
    jetStream,
    streams: Object.assign(Object.create(streams), heard),
  };
  return {
    script,
    session,
    base: nameScript(script).stream,
    silence: (name: string) => void silent.add(name),
    speak: () => silent.clear(),
    pass(ms: number): void {
      passedMs += ms;
    },
    names: () => streams.names().next(),
    track: () => trackCurrentStream(script, 1, clock, log),
    openTerms: (stream: CurrentStream) =>
      openTerms({
        link: { session: () => session, onSession: () => () => {}, close: async () => {} },
        stream,
        follower: { readTo: () => 0, readUpTo: async () => true },
        clock,
        log,
        timeoutMs: 2_000,
        onAnswer() {},
      }),
  };
}
