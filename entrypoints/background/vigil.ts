/**
 * What keeps the background awake while a sidebar is open, and notices when it was not: Firefox ends an event page
 * after 30 s whatever its socket does, and a computer that slept leaves a socket that only looks alive.
 */
export type VigilDeps = {
  nowMs(): number;
  setInterval(run: () => void, ms: number): unknown;
  clearInterval(timer: unknown): void;
  /** Any call of the browser's API: it counts as activity. */
  touch(): Promise<void>;
  setAlarm(wanted: boolean): Promise<void>;
  /** The clock jumped: we slept, or were ended and woken. */
  jumped(): void;
};

const EVERY_MS = 10_000;
/** A beat this late was no busy machine. */
const LATE_MS = 5_000;

/** Returns the switch; off at first. */
export function createVigil(deps: VigilDeps): (wanted: boolean) => void {
  let timer: unknown;
  let lastMs = 0;

  function beat(): void {
    const nowMs = deps.nowMs();
    const isLate = Math.abs(nowMs - lastMs - EVERY_MS) > LATE_MS;
    lastMs = nowMs;
    void deps.touch();
    if (isLate) deps.jumped();
  }

  return (wanted) => {
    if (wanted === (timer !== undefined)) return;
    void deps.setAlarm(wanted);
    if (wanted) {
      lastMs = deps.nowMs();
      timer = deps.setInterval(beat, EVERY_MS);
    } else {
      deps.clearInterval(timer);
      timer = undefined;
    }
  };
}
