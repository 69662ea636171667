/** A certificate in use: renewed when its files change, and its end announced while there is time to renew it. */
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { watchFile } from '../config/file-watch.ts';
import { checkTlsPair, type TlsFiles, type TlsPair } from './tls-pair.ts';

/** Certificate and key are written one after the other: a new pair is looked at once both have kept still. */
const SETTLE_MS = 1_000;
const DAY_MS = 24 * 60 * 60_000;
const WARN_DAYS = 21;

export type TlsWatchDependencies = {
  clock: Clock;
  log: Logger;
  /** A pair has come into force; also the first. */
  onPair: (pair: TlsPair) => void;
};

/** `first`: what stands in the files. A pair that cannot be used is logged, and the one in force stays. */
export function watchTlsPair(files: TlsFiles, first: TlsPair, { clock, log, onPair }: TlsWatchDependencies) {
  let { cert, key, expiresAtMs } = first;
  let cancelSettling = () => {};
  let cancelWarning = () => {};

  function consider(): void {
    const result = checkTlsPair(cert, key);
    if (result.ok) adopt(result.pair);
    else log.error({ problem: result.problem }, 'certificate not usable: the one in force stays');
  }

  function adopt(pair: TlsPair): void {
    ({ expiresAtMs } = pair);
    onPair(pair);
    log.info({ expires: new Date(expiresAtMs).toISOString() }, 'certificate in force');
    warnDaily();
  }

  function warnDaily(): void {
    cancelWarning();
    cancelWarning = clock.after(DAY_MS, warnDaily);
    const daysLeft = Math.floor((expiresAtMs - clock.now()) / DAY_MS);
    if (daysLeft >= WARN_DAYS) return;
    const expires = new Date(expiresAtMs).toISOString();
    if (daysLeft < 0) log.error({ expires }, 'certificate has expired');
    else log.warn({ expires, daysLeft }, 'certificate expires soon');
  }

  function watch(field: keyof TlsFiles, knownText: string, take: (text: string) => void) {
    return watchFile(files[field], knownText, {
      onText(text) {
        take(text);
        cancelSettling();
        cancelSettling = clock.after(SETTLE_MS, consider);
      },
      onUnreadable: (reason) =>
        log.error({ field, reason }, 'certificate cannot be read: the one in force stays'),
    });
  }

  adopt(first);
  const watches = [
    watch('certFile', cert, (text) => (cert = text)),
    watch('keyFile', key, (text) => (key = text)),
  ];
  return {
    stop(): void {
      for (const one of watches) one.stop();
      cancelSettling();
      cancelWarning();
    },
  };
}
