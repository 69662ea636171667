/** Forgets each call when the settings' time has passed since its last event, whether or not a sidebar is open. */
import type { RelayRoom } from './relay-room.ts';

export type RetentionDeps = {
  nowMs(): number;
  setTimer(run: () => void, ms: number): unknown;
  clearTimer(timer: unknown): void;
  /** Wakes us at this time, ms since 1970, should we have died by then; `undefined`: there is nothing to forget. */
  setAlarm(whenMs: number | undefined): Promise<void>;
  /** 0: calls are kept until the browser closes. */
  keepMinutes(): number;
  rooms(): readonly Pick<RelayRoom, 'store'>[];
};

export type Retention = {
  /** Forgets what is due, and sets when to look again. */
  check(): void;
  /** A call may have begun. */
  callsChanged(): void;
};

const MINUTE_MS = 60_000;
/** A relay's clock may stand at any time, and a timer of more than 24 days runs at once. */
const MAX_TIMER_MS = 60 * MINUTE_MS;

export function createRetention(deps: RetentionDeps): Retention {
  let timer: unknown;
  let hasAlarm = true;

  function check(): void {
    deps.clearTimer(timer);
    timer = undefined;
    const keepMs = deps.keepMinutes() * MINUTE_MS;
    if (keepMs === 0) return setAlarm(undefined);
    const untilMs = deps.nowMs() - keepMs;
    let nextMs = Number.POSITIVE_INFINITY;
    for (const { store } of deps.rooms()) {
      const due: string[] = [];
      for (const [id, { head }] of store.calls()) {
        if (head.lastEventAtMs <= untilMs) due.push(id);
        else nextMs = Math.min(nextMs, head.lastEventAtMs + keepMs);
      }
      void store.forget(due, untilMs);
    }
    if (nextMs === Number.POSITIVE_INFINITY) return setAlarm(undefined);
    timer = deps.setTimer(check, Math.min(nextMs - deps.nowMs(), MAX_TIMER_MS));
    setAlarm(nextMs);
  }

  /** Nothing is known of the alarm that an earlier life of the worker has left. */
  function setAlarm(whenMs: number | undefined): void {
    if (whenMs === undefined && !hasAlarm) return;
    hasAlarm = whenMs !== undefined;
    void deps.setAlarm(whenMs);
  }

  return {
    check,
    // What is already waited for comes before what has only begun.
    callsChanged() {
      if (timer === undefined && deps.keepMinutes() > 0) check();
    },
  };
}
