/** The sender as the bench sees it. */
import { once } from 'node:events';
import { forkModule } from '../children.ts';
import { decodeSenderReport, type Road, type SenderCommand, type SenderReport } from './sender-messages.ts';

export type Sender = {
  relayUrl: string;
  /** `http:`; its WebSockets are `/floor`, `/naive` and `/clock`. */
  bareUrl: string;
  /** Lines `from` up to but not `to`; resolves once they are sent. */
  fill(road: Road, call: string, from: number, to: number): Promise<void>;
  /** Resolves once all are sent: when each was, µs of the sender's clock. One at a time. */
  stream(
    road: Road,
    call: string,
    given: { from: number; perSecond: number; forMs: number },
  ): Promise<readonly number[]>;
  /** Calls of the demo from number `first` on, squeezed into so much time; resolves once they have ended. */
  replay(first: number, calls: number, forMs: number): Promise<Replayed>;
  stop(): Promise<void>;
};

/** `lastCall`: the id of the one that ended last. */
export type Replayed = { events: number; lastCall: string };

export async function startSender(): Promise<Sender> {
  let take: (report: SenderReport) => void = () => {};
  const next = () =>
    new Promise<SenderReport>((fulfil) => {
      take = fulfil;
    });
  const started = next();
  const child = forkModule('extension/sender.ts', (raw) => take(decodeSenderReport(raw)));
  const ready = await started;
  if (ready.kind !== 'ready') throw new Error('the sender did not start');

  function ask(command: SenderCommand): Promise<SenderReport> {
    const answer = next();
    child.send(command);
    return answer;
  }

  return {
    relayUrl: ready.relayUrl,
    bareUrl: ready.bareUrl,
    async fill(road, call, from, to) {
      await ask({ kind: 'fill', road, call, from, to });
    },
    async stream(road, call, given) {
      const answer = await ask({ kind: 'stream', road, call, ...given });
      return answer.kind === 'streamed' ? answer.sentUs : [];
    },
    async replay(first, calls, forMs) {
      const answer = await ask({ kind: 'replay', first, calls, forMs });
      if (answer.kind !== 'replayed') throw new Error('the sender did something else than a replay');
      return answer;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}
