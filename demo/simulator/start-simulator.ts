/** The simulator as a whole, for the command line, the demo and tests. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ShapeName, shapes } from '../shapes/registry.ts';
import type { Shape } from '../shapes/shape.ts';
import { createAccess, mintJwt } from './access.ts';
import { createAppLoader } from './app-loader.ts';
import { oneLine } from './app-run.ts';
import { createBus } from './bus.ts';
import { openTimeline, type PlaybackOptions, type Timeline } from './playback.ts';
import { createPlayer, type Player } from './player.ts';
import { startScriptForge } from './script-forge.ts';
import type { Leg, SimulatedEvent } from './simulated-event.ts';

export type SimulatorOptions = {
  /** Of 127.0.0.1; 0 picks a free one. */
  port: number;
  /** The script's number, as in its URL. */
  script: string;
  /** The App+ script; `connexcs/transcription.js` where none is named. */
  app?: string;
  /** The form of the events on the bus; `guess` where none is named. */
  shape?: ShapeName;
  /** Begins when the first client is connected. Without it there is only what is published by hand. */
  playback?: PlaybackOptions;
  /** Gets one line for everything that goes wrong in a script, and when everything has been played. */
  log?(line: string): void;
} & ({ token: string } | { tokenTtlMs: number });

type SentFinal = { callId: string; leg: Leg; text: string };

export type Simulator = {
  url: string;
  port: number;
  /** The token that is accepted at present. */
  readonly token: string;
  /** Puts an event on the bus, in the simulator's shape. */
  publish(event: SimulatedEvent): void;
  /** Sends a frame to every client, past bus and script: text as text, bytes as a binary frame. */
  sendRaw(frame: string | Uint8Array): void;
  /** Cuts every connection (1006). New ones are accepted. */
  dropAll(): void;
  /** Accepts this token only, from the next connection on. */
  setToken(token: string): void;
  /** Plays now; resolves when everything has been played, and never where it loops. */
  play(playback: PlaybackOptions): Promise<void>;
  /** How many clients are connected. */
  connections(): number;
  /** How many subscriptions all runs have together. */
  subscriptions(): number;
  /** Every final line that has been published, in order; frames of a file are not among them. */
  finalsSent(): SentFinal[];
  stop(): Promise<void>;
};

const TOPIC = 'transcription';
const TICK_MS = 10;
const ownApp = join(import.meta.dirname, '..', '..', 'connexcs', 'transcription.js');

/** Throws one sentence where a file cannot be read, and the error of `listen` where the port cannot be had. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { log = () => {} } = options;
  const source = readApp(options.app ?? ownApp);
  // Read before anything listens, so that a folder that is not there is all that happens.
  const firstTimeline = options.playback && openTimeline(options.playback);
  const players = new Set<Player>();
  const shape: Shape = shapes[options.shape ?? 'guess'];
  const encode = shape.createEncoder();
  const finals: SentFinal[] = [];

  const access = createAccess(grant(options, Date.now()), Date.now);
  const bus = createBus((error) => log(`a subscriber failed: ${oneLine(error)}`));
  const loader = createAppLoader(source);

  /** `nowMs` is when it was spoken: what is played fast still has the times of its own pace. */
  function publishAll(events: readonly SimulatedEvent[], nowMs: number): void {
    for (const event of events) {
      if (event.kind !== 'line' || !event.final) continue;
      finals.push({ callId: event.call.callId, leg: event.leg, text: event.text });
    }
    for (const { key, message } of encode(events, nowMs)) bus.publish(TOPIC, key, message);
  }

  const forge = await startScriptForge({
    port: options.port,
    script: options.script,
    access,
    loader,
    bus,
    onFirstRun: () => firstPlayer?.start(),
    log,
  }).catch((error: unknown) => {
    loader.dispose();
    throw error;
  });
  const firstPlayer =
    options.playback &&
    firstTimeline &&
    preparePlayer(options.playback, firstTimeline, () =>
      log('everything has been played; the simulator stays up'),
    );

  function preparePlayer(playback: PlaybackOptions, timeline: Timeline, onFinished: () => void): Player {
    let startedAtMs: number | undefined;
    const pace = {
      loop: playback.loop ?? false,
      speed: playback.speed ?? 1,
      tickMs: shape.batchMs ?? TICK_MS,
      nowMs: () => performance.now(),
      setTimer(run: () => void, delayMs: number) {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      onFinished,
    };
    const player = startable(timeline);
    players.add(player);
    return player;

    function startable(played: Timeline): Player {
      if (played.kind === 'events') {
        return createPlayer({
          ...pace,
          planRound: played.planRound,
          emit(events, atMs) {
            startedAtMs ??= Date.now() - atMs;
            publishAll(events, startedAtMs + atMs);
          },
        });
      }
      return createPlayer({
        ...pace,
        planRound: played.planRound,
        emit(frames) {
          for (const frame of frames) forge.sendRaw(frame);
        },
      });
    }
  }

  return {
    url: `ws://127.0.0.1:${forge.port}/api/cp/scriptforge/${options.script}`,
    port: forge.port,
    get token() {
      return access.token();
    },
    publish: (event) => publishAll([event], Date.now()),
    play: (playback) =>
      new Promise((finished) => preparePlayer(playback, openTimeline(playback), finished).start()),
    sendRaw: forge.sendRaw,
    dropAll: forge.dropAll,
    setToken: access.setToken,
    connections: forge.connections,
    subscriptions: bus.subscriptions,
    finalsSent: () => [...finals],
    async stop() {
      for (const player of players) player.stop();
      await forge.stop();
      loader.dispose();
    },
  };
}

function grant(options: SimulatorOptions, nowMs: number): { token: string; expiresAtMs?: number } {
  if ('token' in options) return { token: options.token };
  const expiresAtMs = nowMs + options.tokenTtlMs;
  return { token: mintJwt(nowMs, expiresAtMs, randomBytes(32)), expiresAtMs };
}

function readApp(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`The script ${file} cannot be read.`);
  }
}
