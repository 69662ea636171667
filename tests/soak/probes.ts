/** What is asked of the relay's process while it is soaked: how much memory it has, and whether it answers. */
import { readFileSync } from 'node:fs';
import type { Sample } from './memory.ts';
import type { RelayProcess } from './relay-process.ts';
import type { SoakWorld } from './soak-world.ts';

const SAMPLE_MS = 500;
const ASK_MS = 1_000;
/** Longer than a flood on a machine that others use too; a relay that hangs does not answer at all. */
const ANSWER_WITHIN_MS = 15_000;
/** Linux counts a process's time in these, whatever the machine. */
const TICKS_PER_SECOND = 100;

/** Of a process of this machine (Linux). */
function readRssMiB(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1_024;
}

/** All it has used, user's and system's. */
export function readCpuSeconds(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(afterName[11]) + Number(afterName[12])) / TICKS_PER_SECOND;
}

export function sampleMemory(relay: RelayProcess, samples: Sample[]): () => void {
  const timer = setInterval(() => {
    if (relay.ended() === undefined) samples.push({ atMs: performance.now(), rssMiB: readRssMiB(relay.pid) });
  }, SAMPLE_MS);
  return () => clearInterval(timer);
}

export function probeHealth({ port, tally, breach }: SoakWorld): () => void {
  const probe = async () => {
    const askedMs = performance.now();
    try {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const { status } = await fetch(`http://127.0.0.1:${port}/healthz`, { signal });
      tally.max('slowest healthz, ms', performance.now() - askedMs);
      if (status !== 200) breach(`healthz answered ${status}`);
    } catch (error) {
      breach(`healthz did not answer: ${error instanceof Error ? error.name : error}`);
    }
  };
  const timer = setInterval(() => void probe(), ASK_MS);
  return () => clearInterval(timer);
}
