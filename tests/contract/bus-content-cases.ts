/** The contract of what a log carries: it comes back as it went in. */
import { describe, test } from 'vitest';
import type { LogEntry } from '../../relay/bus/bus.ts';
import { event, newScript, openRelay, write } from './bus-relays.ts';
import type { BusWorld } from './bus-worlds.ts';

export function describeContent(world: BusWorld): void {
  describe('what is carried', () => {
    const carried: { name: string; entry: LogEntry }[] = [
      { name: 'an object as it was written', entry: event('{"b": 1,  "a":[null, 1e3]}') },
      { name: 'emoji and quotes', entry: event(JSON.stringify('😀 "said" \\ „he“')) },
      { name: 'line separators of Unicode', entry: event(JSON.stringify('one\u2028two\u2029three\u0085')) },
      { name: 'half a surrogate pair, escaped', entry: event(JSON.stringify('\ud83d alone \ude00')) },
      { name: 'control characters, escaped', entry: event(JSON.stringify('\u0000\r\n\t')) },
      { name: 'an empty text', entry: event('""') },
      { name: 'a mebibyte', entry: event(JSON.stringify('é'.repeat(1024 ** 2 / 2))) },
      {
        name: 'a gap while the platform was away',
        entry: {
          kind: 'gap',
          gap: { from: 1_700_000_000_000, to: 1_700_000_005_000, reason: 'upstream-away' },
        },
      },
      {
        name: 'a gap of a frame that was too large',
        entry: { kind: 'gap', gap: { from: 5, to: 5, reason: 'frame-too-large' } },
      },
    ];

    test.each(carried)('$name', async ({ entry }) => {
      const script = newScript();
      const { log, reading } = openRelay(world.joinBus(), script);
      await write(log, [entry]);
      await reading.reads([entry]);
    });
  });
}
