/** No room is left in the session storage, where the extension keeps its calls. */
import { sleep } from '../patience.ts';
import type { Fault } from './fault.ts';

export const storageFilled: Fault = {
  async strike({ agent, ledger, random }) {
    const hasRoom = ledger.stalled();
    const bytes = await agent.inOwnPage(fill);
    await sleep(random.between(500, 2_500));
    await agent.killWorker();
    await sleep(random.between(500, 2_500));
    await agent.inOwnPage(clear);
    // It tries again every two seconds.
    await sleep(2_500);
    hasRoom();
    return `${bytes} bytes, and the worker killed while it was full`;
  },
};

/** Runs in the extension: junk until not a hundred bytes more go in. */
async function fill(): Promise<number> {
  let size = 1024 * 1024;
  for (let number = 0; size > 100; number += 1) {
    try {
      await chrome.storage.session.set({ [`junk ${number}`]: 'x'.repeat(size) });
    } catch {
      size = Math.floor(size / 2);
    }
  }
  return chrome.storage.session.getBytesInUse(null);
}

/** Runs in the extension. */
async function clear(): Promise<void> {
  const keys = Object.keys(await chrome.storage.session.get(null));
  await chrome.storage.session.remove(keys.filter((key) => key.startsWith('junk ')));
}
