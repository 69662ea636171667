/** Whether the bus is here, told to all who ask: a connection stands, and nothing that needs JetStream is in trouble. */
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Observer } from '../../operations/observer.ts';
import type { BusStatus } from '../bus.ts';

export type BusHealth = ReturnType<typeof createBusHealth>;

type HealthDependencies = {
  clock: Clock;
  log: Logger;
  observer: Pick<Observer, 'busReconnected'>;
};

const CONNECTION = 'connection';
const NOT_YET = 'not connected to NATS yet';

export function createBusHealth({ clock, log, observer }: HealthDependencies) {
  const listeners = new Set<(status: BusStatus) => void>();
  /** By what is in trouble: the connection, a script's log. */
  const troubles = new Map<string, string>([[CONNECTION, NOT_YET]]);
  let status: BusStatus = { state: 'away', sinceMs: clock.now(), detail: NOT_YET };
  let hasBeenConnected = false;

  function settle(): void {
    const detail = troubles.get(CONNECTION) ?? [...troubles.values()][0];
    const state = detail === undefined ? 'here' : 'away';
    if (state === status.state && detail === status.detail) return;
    const isSameState = state === status.state;
    status = { state, sinceMs: isSameState ? status.sinceMs : clock.now(), ...(detail && { detail }) };
    if (detail === undefined) log.info('NATS is there');
    else log.warn({ reason: detail }, 'NATS is away');
    for (const listener of listeners) listener(status);
  }

  function setTrouble(source: string, words: string | undefined): void {
    if (words === undefined) troubles.delete(source);
    else troubles.set(source, words);
    settle();
  }

  return {
    status: () => status,
    onStatus: (listener: (status: BusStatus) => void): void => void listeners.add(listener),
    /** `words`: undefined once it is over. */
    trouble: setTrouble,
    connected(): void {
      if (hasBeenConnected) observer.busReconnected();
      hasBeenConnected = true;
      setTrouble(CONNECTION, undefined);
    },
    disconnected: (words: string): void => setTrouble(CONNECTION, words),
  };
}
