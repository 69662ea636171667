/** The command line of the simulator → options. Pure: files are opened later. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isShapeName, shapes } from '../shapes/registry.ts';
import { parseDuration } from './duration.ts';
import type { PlaybackOptions } from './playback.ts';
import type { SimulatorOptions } from './start-simulator.ts';

export type Command =
  | { kind: 'run'; options: SimulatorOptions }
  | { kind: 'help' }
  | { kind: 'list-shapes' }
  | { kind: 'refused'; reason: string };

export const usage = `npm run simulate -- --token T [options]

A miniature of the ConnexCS platform's Script Forge on this machine: it runs an App+ script
and plays calls to it. Playing begins when the first client is connected.

Access, one of the two
  --token T         the access token a client must bring
  --token-ttl TIME  makes a token (a JWT) that expires: 90s, 30m, 2h. Printed as "token …";
                    after that new connections get 401, and open ones stay (a guess)
Server
  --port N          of 127.0.0.1; 0 picks a free one (9100)
  --script ID       the script's number in its address (10141)
  --app FILE        the App+ script (connexcs/transcription.js)
What is played, one of the three
  --calls DIR       call files, side by side (demo/calls)
  --lines N         N numbered lines, all final
  --frames FILE     each line of the file as one text frame, past the script
How
  --rate R          lines or frames a second (10)
  --over K          numbered lines over K calls (1)
  --speed N         N times faster (1)
  --loop            again and again, with new call ids
  --shape NAME      the form of the events; "--shape list" shows them. The platform does
                    not document its form: the default, "guess", is our guess

When ready, prints one line: ready ws://127.0.0.1:PORT/api/cp/scriptforge/ID
When everything has been played it stays up. SIGINT or SIGTERM ends it.
`;

const flags = {
  token: { type: 'string' },
  'token-ttl': { type: 'string' },
  port: { type: 'string', default: '9100' },
  script: { type: 'string', default: '10141' },
  app: { type: 'string' },
  calls: { type: 'string' },
  lines: { type: 'string' },
  frames: { type: 'string' },
  rate: { type: 'string' },
  over: { type: 'string' },
  speed: { type: 'string', default: '1' },
  loop: { type: 'boolean', default: false },
  shape: { type: 'string', default: 'guess' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parse>;

const demoCalls = join(import.meta.dirname, '..', 'calls');

/** Never throws: what cannot be understood is `refused`, with one sentence that says why. */
export function readFlags(args: string[]): Command {
  try {
    const values = parse(args);
    if (values.help) return { kind: 'help' };
    if (values.shape === 'list') return { kind: 'list-shapes' };
    return { kind: 'run', options: readOptions(values) };
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

function parse(args: string[]) {
  return parseArgs({ args, options: flags, allowPositionals: false }).values;
}

function readOptions(values: Values): SimulatorOptions {
  if (!/^\d{1,12}$/.test(values.script)) throw new Error('--script must be a number of 1 to 12 digits.');
  if (!isShapeName(values.shape)) {
    throw new Error(`There is no shape "${values.shape}". The shapes are ${Object.keys(shapes).join(', ')}.`);
  }
  return {
    port: readNumber('--port', values.port, { whole: true, min: 0, max: 65_535 }),
    script: values.script,
    shape: values.shape,
    playback: readPlayback(values),
    ...(values.app !== undefined && { app: resolve(values.app) }),
    ...readAccess(values),
  };
}

function readAccess(values: Values): { token: string } | { tokenTtlMs: number } {
  const { token, 'token-ttl': ttl } = values;
  if ((token === undefined) === (ttl === undefined)) {
    throw new Error('Give either --token T or --token-ttl TIME: clients must bring a token.');
  }
  if (ttl !== undefined) {
    const tokenTtlMs = parseDuration(ttl);
    if (tokenTtlMs === undefined) throw new Error('--token-ttl must be a time such as 90s, 30m or 2h.');
    return { tokenTtlMs };
  }
  if (token === undefined || !/^[\x21-\x7e]+$/.test(token)) {
    throw new Error('--token must be one word of ASCII characters, since it travels in a header.');
  }
  return { token };
}

function readPlayback(values: Values): PlaybackOptions {
  const { calls, lines, frames, rate, over, loop } = values;
  if ([calls, lines, frames].filter((given) => given !== undefined).length > 1) {
    throw new Error('--calls, --lines and --frames exclude one another.');
  }
  if (rate !== undefined && lines === undefined && frames === undefined) {
    throw new Error('--rate needs --lines or --frames; calls have a --speed.');
  }
  if (over !== undefined && lines === undefined) throw new Error('--over needs --lines.');
  const speed = readNumber('--speed', values.speed, { min: 0.001, max: 1_000_000 });
  const ratePerSecond = readNumber('--rate', rate ?? '10', { min: 0.001, max: 1_000_000 });
  if (frames !== undefined) return { kind: 'frames', file: resolve(frames), ratePerSecond, speed, loop };
  if (lines !== undefined) {
    const count = readNumber('--lines', lines, { whole: true, min: 1, max: 1_000_000_000 });
    const callCount = readNumber('--over', over ?? '1', { whole: true, min: 1, max: 100_000 });
    return { kind: 'lines', count, ratePerSecond, callCount, speed, loop };
  }
  return { kind: 'calls', directory: calls === undefined ? demoCalls : resolve(calls), speed, loop };
}

type Bounds = { whole?: boolean; min: number; max: number };

function readNumber(flag: string, given: string, { whole = false, min, max }: Bounds): number {
  const value = Number(given);
  const isNumber = /^\d+(\.\d+)?$/.test(given) && (!whole || Number.isInteger(value));
  if (!isNumber || value < min || value > max) {
    throw new Error(`${flag} must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`);
  }
  return value;
}
