/** What a part of the extension, or the page, holds in memory. */
import type { CDPSession } from 'puppeteer-core';

export type Heap = {
  /** Of JavaScript. */
  usedBytes: number;
  totalBytes: number;
  /** Of the document and all that the browser keeps for the scripts. */
  embedderBytes: number;
  /** Of array buffers and the like. */
  backingBytes: number;
};

/** Twice: what a first round has finalised goes in the second. */
export async function collectGarbage(session: CDPSession): Promise<void> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
}

export async function readHeap(session: CDPSession): Promise<Heap> {
  await collectGarbage(session);
  const heap = await session.send('Runtime.getHeapUsage');
  return {
    usedBytes: heap.usedSize,
    totalBytes: heap.totalSize,
    embedderBytes: heap.embedderHeapUsedSize,
    backingBytes: heap.backingStorageSize,
  };
}
