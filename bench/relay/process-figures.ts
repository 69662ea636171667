/** What Linux says of a process. */
import { readFileSync } from 'node:fs';

/** USER_HZ, the same on every Linux of today. */
const TICKS_PER_SECOND = 100;
/** Of `/proc/<pid>/stat` after the command's closing bracket: utime, then stime. */
const UTIME = 11;

/** Resident memory in bytes. */
export function residentBytes(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) * 1024;
}

/** Processor time so far, of the process and the kernel on its behalf, in µs and to 10 ms. */
export function cpuUs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[UTIME]) + Number(fields[UTIME + 1])) / TICKS_PER_SECOND) * 1e6;
}

/** How many files this process, and those it starts, may open. */
export function openFilesAllowed(): number {
  const limit = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return limit === undefined || limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit);
}
