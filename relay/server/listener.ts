/** An HTTP server on an address, with TLS or without. */
import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { TlsPair } from './tls-pair.ts';

/** For the first request of a connection to be there, and for a TLS handshake. */
const REQUEST_TIMEOUT_MS = 10_000;
/** How often it is looked for requests that take longer. */
const CHECK_MS = 1_000;

export type ListenerOptions = Pick<ServerOptions, 'shouldUpgradeCallback'> & {
  log: Logger;
  /** Without it, plain HTTP. */
  tls?: TlsPair | undefined;
};

export function createListener(onRequest: RequestListener, { log, tls, ...given }: ListenerOptions) {
  const options = { ...given, requestTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: CHECK_MS };
  const secure =
    tls &&
    createTlsServer({ ...options, ...contextOf(tls), handshakeTimeout: REQUEST_TIMEOUT_MS }, onRequest);
  secure?.on('tlsClientError', (error) => log.debug({ error: error.message }, 'TLS handshake failed'));
  const server = secure ?? createServer(options, onRequest);
  // A client that takes in nothing of an answer would hold it for good.
  server.timeout = REQUEST_TIMEOUT_MS;

  return {
    server,

    /** Rejects if the address cannot be listened on. `port` 0 takes any free one. */
    async listen(host: string, port: number): Promise<AddressInfo> {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      });
      server.on('error', (error) =>
        log.error({ error: error.message }, 'a connection could not be accepted'),
      );
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      return address;
    },

    /** For connections from now on. Only for a listener that was made with one. */
    setTls: (pair: TlsPair): void => secure?.setSecureContext(contextOf(pair)),

    /** Cuts whatever is still connected. */
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function contextOf({ cert, key }: TlsPair) {
  return { cert, key, minVersion: 'TLSv1.2' } as const;
}
