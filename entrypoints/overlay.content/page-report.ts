/** Reports what the page shows: when it changed, and at a small and bounded cost to the page. */
import type { PageRecord } from '../../utils/messaging/surface.ts';

export type PageReportDeps = {
  read(): PageRecord;
  post(page: PageRecord): void;
  isHidden(): boolean;
  /** Runs it when the page has nothing better to do. */
  whenIdle(run: () => void): void;
  nowMs(): number;
};

export type PageReport = {
  /** The page may show something else now. */
  touched(): void;
  /** Called about once a second: reads the page if it was touched. */
  beat(): void;
};

/** After a reading the page has at least so many times its duration for itself. */
const PAUSE_PER_READING = 300;
/** A little less than a beat, so that none is missed by a hair. */
const MIN_PAUSE_MS = 900;

export function createPageReport({ read, post, isHidden, whenIdle, nowMs }: PageReportDeps): PageReport {
  let isTouched = true;
  let isWaiting = false;
  let notBeforeMs = 0;
  let told: string | undefined;

  function report(): void {
    isWaiting = false;
    if (isHidden()) return;
    isTouched = false;
    const startedMs = nowMs();
    const page = read();
    const endedMs = nowMs();
    notBeforeMs = endedMs + Math.max(MIN_PAUSE_MS, (endedMs - startedMs) * PAUSE_PER_READING);
    const said = JSON.stringify(page);
    if (said === told) return;
    told = said;
    post(page);
  }

  return {
    touched() {
      isTouched = true;
    },
    beat() {
      if (!isTouched || isWaiting || isHidden() || nowMs() < notBeforeMs) return;
      isWaiting = true;
      whenIdle(report);
    },
  };
}
