/** The platform drops us, floods us, or sends what nobody can read. */
import { sleep } from '../patience.ts';
import { STEADY_RATE } from '../traffic.ts';
import type { Fault } from './fault.ts';
import { waitUntilStanding } from './wire-faults.ts';

const FLOOD_RATE = 2_000;
const FLOOD_MS = 5_000;

export const platformDropped: Fault = {
  needsRelay: true,
  async strike({ dropPlatform, toPlatform }) {
    await waitUntilStanding(toPlatform);
    dropPlatform();
    return undefined;
  },
};

export const flood: Fault = {
  needsRelay: true,
  async strike({ traffic }) {
    traffic.setRate(FLOOD_RATE);
    await sleep(FLOOD_MS);
    traffic.setRate(STEADY_RATE);
    return `${FLOOD_RATE} lines a second for ${FLOOD_MS / 1000} s`;
  },
};

export const noise: Fault = {
  async strike({ sendRaw, random, traffic }) {
    const [callId = ''] = traffic.callIds();
    const frames = [
      '{"callid":"x","te',
      '[[[[[[[[[[1]]]]]]]]]]',
      '{"callid":{},"text":"x"}',
      `{"callid":"${callId}","text":{"a":[]}}`,
      'null',
      '',
      `{"callid":"${callId}","text":"${'y'.repeat(900_000)}`,
      'x'.repeat(1_100_000),
      `{"callid":"${callId}","text":"${'z'.repeat(3_000_000)}"}`,
    ];
    for (const frame of random.shuffled(frames)) {
      sendRaw(frame);
      await sleep(random.between(0, 100));
    }
    return undefined;
  },
};
