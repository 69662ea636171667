/** Whole calls through the whole road: what was sent is what stands on screen. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readCalls } from '../../demo/simulator/call-file.ts';
import { openWorld, showCall, shownLines, WAIT_MS } from './world.ts';

const root = resolve(import.meta.dirname, '../..');
/** Real calls are replayed where they lie beside the project; its own written calls always are. */
const callFolders = ['demo/calls', '../shared/calls']
  .map((path) => resolve(root, path))
  .filter((path) => existsSync(path));

describe('a replay of whole calls', () => {
  test.each(callFolders)(
    'of %s: every final line is on screen once, in the order sent, and no interim is left',
    async (folder) => {
      const world = await openWorld();
      onTestFinished(() => world.close());
      const { sidebar } = await world.openConnected();
      const files = readCalls(folder);
      const before = world.simulator.finalsSent().length;
      await world.simulator.play({ kind: 'calls', directory: folder, speed: 400, loop: false });
      const finals = world.simulator.finalsSent().slice(before);
      expect(finals).toHaveLength(files.reduce((count, { lines }) => count + lines.length, 0));

      for (const { sid } of files) {
        const sent = finals.filter(({ callId }) => callId === sid);
        await showCall(sidebar, sid);
        await sidebar.waitForFunction(
          (count) => document.querySelectorAll('[data-line][data-final="true"]').length >= count,
          { timeout: WAIT_MS, polling: 50 },
          sent.length,
        );
        const shown = await shownLines(sidebar);
        expect(shown.filter(({ final }) => !final)).toEqual([]);
        expect(shown.map(({ text, leg }) => [leg, text])).toEqual(
          sent.map(({ leg, text }) => [leg === 0 ? 'caller' : 'callee', text]),
        );
      }
      console.log(`  ${finals.length} lines of ${files.length} calls, each once and in order`);
    },
  );
});
