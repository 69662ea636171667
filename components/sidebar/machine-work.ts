/**
 * One piece of work for a model of the browser's, from the click to its result:
 *
 *   closed ──prepare──▶ asks ──start──▶ loading ──▶ working ──▶ done
 *     ▲                                    └────────────┴─────▶ failed
 *     └───────────────────────── stop, from anywhere
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Machines, OpenOptions, Readiness, TextMachine } from '../../utils/browser/machine.ts';
import { cutPieces } from './machine-pieces.ts';

export type MachineTask =
  | { kind: 'summary'; language: string }
  | { kind: 'translation'; from: string; to: string };

/** `unavailable`: the browser has no model for this. `not-allowed`: the page or an administrator forbids it. */
export type MachineFailure = 'unavailable' | 'not-allowed' | 'no-room' | 'network' | 'failed';

export type MachineState =
  | { name: 'closed' }
  | { name: 'asks'; task: MachineTask; readiness: Readiness | undefined }
  /** `share`: how much of the model is there, from 0 to 1. */
  | { name: 'loading'; task: MachineTask; share: number }
  /** `done` of `total` pieces. */
  | { name: 'working'; task: MachineTask; done: number; total: number }
  | { name: 'done'; task: MachineTask; text: string }
  | { name: 'failed'; task: MachineTask; reason: MachineFailure };

export type MachineWork = {
  state: ReadonlySignal<MachineState>;
  /** Asks before anything is done; a task in place of another finds out anew whether a model is there. */
  prepare(task: MachineTask): Promise<void>;
  /** Does the task that was asked for, within a click, on a text that is redacted already. */
  start(text: string): Promise<void>;
  /** Ends whatever is going on; nothing of it comes any more. */
  stop(): void;
};

const reasons: Record<string, MachineFailure> = {
  NotSupportedError: 'unavailable',
  NotAllowedError: 'not-allowed',
  SecurityError: 'not-allowed',
  QuotaExceededError: 'no-room',
  NetworkError: 'network',
};

export function createMachineWork(machines: Machines): MachineWork {
  const state = signal<MachineState>({ name: 'closed' });
  let current = new AbortController();

  /** What was going on before is told to end, and is heard no more. */
  function begin(): AbortSignal {
    current.abort();
    current = new AbortController();
    return current.signal;
  }

  return {
    state,
    async prepare(task) {
      const signal = begin();
      state.value = { name: 'asks', task, readiness: undefined };
      const readiness = await readinessOf(machines, task);
      if (!signal.aborted) state.value = { name: 'asks', task, readiness };
    },
    async start(text) {
      const before = state.peek();
      if (before.name === 'closed') return;
      const { task } = before;
      const signal = begin();
      const tell = (next: MachineState) => {
        if (!signal.aborted) state.value = next;
      };
      tell({ name: 'loading', task, share: 0 });
      let machine: TextMachine | undefined;
      try {
        machine = await open(machines, task, {
          signal,
          progress: (share) => tell({ name: 'loading', task, share }),
        });
        const progress = (done: number, total: number) => tell({ name: 'working', task, done, total });
        const run = task.kind === 'summary' ? summarise : translate;
        tell({ name: 'done', task, text: await run(machine, text, signal, progress) });
      } catch (error) {
        tell({ name: 'failed', task, reason: reasonOf(error) });
      } finally {
        machine?.free();
      }
    },
    stop() {
      begin();
      state.value = { name: 'closed' };
    },
  };
}

type Run = (
  machine: TextMachine,
  text: string,
  signal: AbortSignal,
  progress: (done: number, total: number) => void,
) => Promise<string>;

const runPieces = async (...[machine, text, signal, progress]: Parameters<Run>): Promise<string[]> => {
  const pieces = cutPieces(text);
  const results: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    signal.throwIfAborted();
    progress(index, pieces.length);
    results.push((await machine.run(piece, signal)).trim());
  }
  return results;
};

/** The summaries of the pieces are summarised in turn, until there is one or they get no shorter. */
const summarise: Run = async (machine, text, signal, progress) => {
  const parts = await runPieces(machine, text, signal, progress);
  const joined = parts.join('\n');
  if (parts.length < 2 || joined.length >= text.length) return joined;
  return summarise(machine, joined, signal, progress);
};

const translate: Run = async (...given) => (await runPieces(...given)).join('\n');

function readinessOf(machines: Machines, task: MachineTask): Promise<Readiness> {
  return task.kind === 'summary'
    ? machines.summaryReadiness(task.language)
    : machines.translationReadiness(task.from, task.to);
}

function open(machines: Machines, task: MachineTask, options: OpenOptions): Promise<TextMachine> {
  return task.kind === 'summary'
    ? machines.openSummarizer(task.language, options)
    : machines.openTranslator(task.from, task.to, options);
}

function reasonOf(error: unknown): MachineFailure {
  return (error instanceof Error && reasons[error.name]) || 'failed';
}
