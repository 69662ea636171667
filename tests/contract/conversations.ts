/**
 * Conversations in `earshot.v1`, as both ends must hold them. One test plays the client's part to the real relay,
 * another the relay's part to the extension's real connection: what one end says here is what the other end hears.
 */
import { CLOSE } from '../../utils/protocol/close-codes.ts';
import type { ClientFrame, RelayFrame } from '../../utils/protocol/frames.ts';

/** The stream of every conversation: this epoch, and events `line 1` … `line 5` before it begins. */
export const HELD_EVENTS = 5;
export const EPOCH = 'the epoch of the stream';

type Step =
  | { client: ClientFrame }
  /** Only the fields given matter: an agent's name or a time is nobody's contract. */
  | { relay: Partial<RelayFrame> & { type: RelayFrame['type'] } }
  /** The platform says one more line. */
  | { platform: string }
  | { relayCloses: number };

export type Conversation = {
  name: string;
  /** What the client held before: nothing, or everything up to `seq` of `epoch`. */
  held: { epoch: string; seq: number } | undefined;
  steps: Step[];
  /** What the client has in the end: the numbers of new events, whether it saw a gap, and how it stands. */
  outcome: { events: number[]; gaps: number; state: string };
};

const hello: Step = { relay: { type: 'hello', epoch: EPOCH, seq: HELD_EVENTS, oldest: 1, pingMs: 20_000 } };
const upstream: Step = { relay: { type: 'upstream', state: 'up' } };

function events(...seqs: number[]): Step {
  return { relay: { type: 'events', events: seqs.map((seq) => ({ seq, at: 1, data: `line ${seq}` })) } };
}

function resumed(recovered: boolean, from: number, to = HELD_EVENTS): Step {
  return { relay: { type: 'resumed', recovered, from, to } };
}

function resume(seq: number, epoch = EPOCH): Step {
  return { client: { type: 'resume', epoch, seq } };
}

export const conversations: Conversation[] = [
  {
    name: 'a first connection asks for all that is held',
    held: undefined,
    steps: [hello, upstream, resume(0), resumed(true, 0), events(1, 2, 3, 4, 5)],
    outcome: { events: [1, 2, 3, 4, 5], gaps: 0, state: 'connected' },
  },
  {
    name: 'a connection that returns gets what it missed, and then what comes',
    held: { epoch: EPOCH, seq: 3 },
    steps: [hello, upstream, resume(3), resumed(true, 3), events(4, 5), { platform: 'line 6' }, events(6)],
    outcome: { events: [4, 5, 6], gaps: 0, state: 'connected' },
  },
  {
    name: 'a connection that missed nothing gets nothing',
    held: { epoch: EPOCH, seq: 5 },
    steps: [hello, upstream, resume(5), resumed(true, 5), { platform: 'line 6' }, events(6)],
    outcome: { events: [6], gaps: 0, state: 'connected' },
  },
  {
    name: 'a stream that was lost is a gap, and then all that the new one holds',
    held: { epoch: 'another epoch', seq: 3 },
    steps: [
      hello,
      upstream,
      resume(0),
      resumed(true, 0),
      events(1, 2, 3, 4, 5),
      { platform: 'line 6' },
      events(6),
    ],
    outcome: { events: [1, 2, 3, 4, 5, 6], gaps: 1, state: 'connected' },
  },
  {
    name: 'a point that the stream never reached is a gap, and then what comes',
    held: { epoch: EPOCH, seq: 900 },
    steps: [hello, upstream, resume(900), resumed(false, 5), { platform: 'line 6' }, events(6)],
    outcome: { events: [6], gaps: 1, state: 'connected' },
  },
  {
    name: 'a heartbeat is answered',
    held: { epoch: EPOCH, seq: 5 },
    steps: [
      hello,
      upstream,
      resume(5),
      resumed(true, 5),
      { client: { type: 'ping', id: 1 } },
      { relay: { type: 'pong', id: 1 } },
    ],
    outcome: { events: [], gaps: 0, state: 'connected' },
  },
  {
    name: 'a token of nobody is refused in place',
    held: { epoch: EPOCH, seq: 5 },
    steps: [
      hello,
      upstream,
      resume(5),
      resumed(true, 5),
      { client: { type: 'token', token: 'a token of nobody' } },
      { relay: { type: 'bye', code: CLOSE.tokenRefused } },
      { relayCloses: CLOSE.tokenRefused },
    ],
    outcome: { events: [], gaps: 0, state: 'stopped token-refused' },
  },
];
