/** What the simulator plays, and how fast. */
import { readFileSync } from 'node:fs';
import { readCalls } from './call-file.ts';
import { planCalls } from './call-timeline.ts';
import { type NumberedLines, planNumberedLines } from './numbered-lines.ts';
import type { SimulatedEvent, Timed } from './simulated-event.ts';

export type PlaybackOptions = {
  /** How many times faster; 1 where it is not given. */
  speed?: number;
  /** Again and again, with new call ids in each round. */
  loop?: boolean;
} & (
  | { kind: 'calls'; directory: string }
  | ({ kind: 'lines' } & NumberedLines)
  | { kind: 'frames'; file: string; ratePerSecond: number }
);

export type Timeline =
  | { kind: 'events'; planRound(round: number): Iterable<Timed<SimulatedEvent>> }
  | { kind: 'frames'; planRound(): Iterable<Timed<string>> };

/** Reads what is to be played. Throws one sentence where a folder or file cannot be read. */
export function openTimeline(options: PlaybackOptions): Timeline {
  switch (options.kind) {
    case 'calls': {
      const calls = readCalls(options.directory);
      return { kind: 'events', planRound: (round) => planCalls(calls, round) };
    }
    case 'lines':
      return { kind: 'events', planRound: (round) => planNumberedLines(options, round) };
    case 'frames': {
      const frames = readFrames(options.file);
      const intervalMs = 1000 / options.ratePerSecond;
      const plan = frames.map((frame, index) => ({ atMs: index * intervalMs, item: frame }));
      return { kind: 'frames', planRound: () => plan };
    }
  }
}

function readFrames(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`The file of frames ${file} cannot be read.`);
  }
  const frames = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (text === '') throw new Error(`The file of frames ${file} is empty.`);
  return frames;
}
