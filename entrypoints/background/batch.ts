/** Work done in batches: a while after it is asked for, never twice at once, and once more if asked for meanwhile. */
export function createBatch(
  setTimer: (run: () => void, ms: number) => unknown,
  delayMs: number,
  work: () => Promise<void>,
): () => void {
  let state: 'idle' | 'waiting' | 'working' = 'idle';
  let askedMeanwhile = false;

  async function run(): Promise<void> {
    state = 'working';
    askedMeanwhile = false;
    await work();
    state = 'idle';
    if (askedMeanwhile) ask();
  }

  function ask(): void {
    if (state === 'working') askedMeanwhile = true;
    if (state !== 'idle') return;
    state = 'waiting';
    setTimer(() => void run(), delayMs);
  }

  return ask;
}
