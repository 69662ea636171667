/** How long the lines stop when the relay that leads goes: killed, so that its lease must run out, or stopped in order. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Crew } from './crew.ts';
import { type Surroundings, startSubject } from './subjects.ts';

const AGENTS = 10;
const EVENTS_PER_SECOND = 200;
const BEFORE_MS = 2_000;
/** To see lines come again, or that they do not. */
const AFTER_MS = 1_000;

export type HandOver = {
  signal: 'SIGKILL' | 'SIGTERM';
  /** From the last line before to the first line after; `undefined`: none came. */
  pauseMs: number | undefined;
  /** Sent by the platform in between, and told as a gap. */
  eventsMissed: number;
};

/** Agents are connected to the relay that follows and then leads. `withinMs`: how long is waited for that. */
export async function measureHandOver(
  crew: Crew,
  surroundings: Surroundings,
  signal: HandOver['signal'],
  withinMs: number,
): Promise<HandOver> {
  const subject = await startSubject('follower', AGENTS, surroundings);
  if (subject.onNats === undefined) throw new Error('nobody to take over from');
  const mark = async () => {
    const marks = await crew.mark(subject.name);
    return {
      deliveries: marks.reduce((sum, { deliveries }) => sum + deliveries, 0),
      missed: marks.reduce((sum, { missed }) => sum + missed, 0),
      longestPauseUs: Math.max(...marks.map(({ longestPauseUs }) => longestPauseUs)),
    };
  };

  await crew.connect(subject, AGENTS, await crew.fill(subject.name, 0));
  crew.pace(subject.name, EVENTS_PER_SECOND);
  await wait(BEFORE_MS);
  const before = await mark();
  process.kill(subject.onNats.leaderPid, signal);
  await wait(withinMs);
  const after = await mark();
  await wait(AFTER_MS);
  const end = await mark();
  await crew.pause();
  return {
    signal,
    pauseMs: end.deliveries > after.deliveries ? after.longestPauseUs / 1_000 : undefined,
    eventsMissed: (end.missed - before.missed) / AGENTS,
  };
}
