/** The identity provider's public keys, fetched from its address or read from a file, and kept up to date. */
import { readFileSync } from 'node:fs';
import { type CompactJWSHeaderParameters, createLocalJWKSet, createRemoteJWKSet, errors } from 'jose';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { watchFile } from '../config/file-watch.ts';

const FETCH_TIMEOUT_MS = 5_000;
/** Keys are fetched anew this long after they were. */
const REFRESH_MS = 10 * 60_000;
/** The provider is not asked again sooner: for a key it did not have, or after it failed. */
const COOLDOWN_MS = 30_000;
const RETRY_MS = 5_000;

/** No keys are there to tell by: it says nothing about a token. */
export class KeysMissing extends Error {}

export type IdentityKeys = {
  /** Rejects with `KeysMissing`, or with any other error if there is no such key. */
  find(header: CompactJWSHeaderParameters): Promise<{ key: CryptoKey; edition: number }>;
  /** Another number once the keys are others. */
  edition(): number;
  stop(): void;
};

type KeyDependencies = { clock: Clock; log: Logger };

/** `source`: an address with its scheme, or a path. Failures are logged once, and that they are over. */
export function openIdentityKeys(source: string, deps: KeyDependencies): IdentityKeys {
  return source.includes('://') ? fetchKeys(new URL(source), deps) : readKeys(source, deps);
}

/** Keys once fetched are good for as long as the provider is away. */
function fetchKeys(address: URL, { clock, log }: KeyDependencies): IdentityKeys {
  // It only fetches and finds: when to fetch is decided here, since it would not pause after a failure.
  const remote = createRemoteJWKSet(address, {
    timeoutDuration: FETCH_TIMEOUT_MS,
    cooldownDuration: Number.POSITIVE_INFINITY,
    cacheMaxAge: Number.POSITIVE_INFINITY,
  });
  let text: string | undefined;
  let edition = 0;
  let isFailing = false;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let pending: Promise<void> | undefined;
  let cancelRefresh = () => {};
  let isStopped = false;

  async function fetchNow(): Promise<void> {
    cancelRefresh();
    try {
      await remote.reload();
      const fetched = JSON.stringify(remote.jwks());
      if (fetched !== text) edition += 1;
      text = fetched;
      if (isFailing) log.info('keys of the identity provider are there again');
      isFailing = false;
    } catch (error) {
      if (!isFailing)
        log.warn({ reason: reasonOf(error) }, 'keys of the identity provider cannot be fetched');
      isFailing = true;
    }
    askedAtMs = clock.now();
    pending = undefined;
    if (!isStopped) cancelRefresh = clock.after(isFailing ? RETRY_MS : REFRESH_MS, () => void refresh());
  }

  function refresh(): Promise<void> {
    pending ??= fetchNow();
    return pending;
  }

  const isTooSoon = () => clock.now() - askedAtMs < (isFailing ? RETRY_MS : COOLDOWN_MS);

  void refresh();
  return {
    async find(header) {
      if (text === undefined && (pending !== undefined || !isTooSoon())) await refresh();
      if (text === undefined) throw new KeysMissing();
      try {
        return { key: await remote(header), edition };
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      }
      if (pending !== undefined || !isTooSoon()) await refresh();
      // The provider may have begun to sign with a key we cannot have now.
      if (isFailing) throw new KeysMissing();
      return { key: await remote(header), edition };
    },
    edition: () => edition,
    stop() {
      isStopped = true;
      cancelRefresh();
    },
  };
}

/** A file that is missing or broken leaves the keys as they were. */
function readKeys(path: string, { log }: KeyDependencies): IdentityKeys {
  let keys: ReturnType<typeof createLocalJWKSet> | undefined;
  let edition = 0;

  function use(text: string): void {
    try {
      keys = createLocalJWKSet(JSON.parse(text));
      edition += 1;
      log.info('keys of the identity provider read');
    } catch {
      log.error('the file of the identity provider’s keys is not a JSON Web Key Set: they stay as they were');
    }
  }

  const text = readNow(path);
  if (text !== undefined) use(text);
  const watch = watchFile(path, text ?? '', {
    onText: use,
    onUnreadable: (reason) => log.error({ reason }, 'keys of the identity provider cannot be read'),
  });
  return {
    async find(header) {
      if (keys === undefined) throw new KeysMissing();
      const found = edition;
      return { key: await keys(header), edition: found };
    },
    edition: () => edition,
    stop: () => watch.stop(),
  };
}

function readNow(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The watch says so.
    return undefined;
  }
}

/** Of `fetch`, the error behind its error: it has the code. */
function reasonOf(error: unknown): string {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error instanceof Error ? error.message : 'unknown';
}
