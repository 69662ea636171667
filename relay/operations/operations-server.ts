/** What is for those who run the relay, on an address of its own that agents need not reach. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createListener } from '../server/listener.ts';
import type { Metrics } from './metrics.ts';
import { describeReadiness, type RelayStatus } from './readiness.ts';

export type OperationsDependencies = {
  metrics: Pick<Metrics, 'text' | 'contentType'>;
  status: () => RelayStatus;
  log: Logger;
};

/** `GET /metrics`, `GET /healthz`, `GET /readyz`; 404 for anything else. */
export function createOperationsServer({ metrics, status, log }: OperationsDependencies) {
  const json = 'application/json';

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    switch (`${request.method} ${path}`) {
      case 'GET /metrics':
        return send(response, 200, metrics.contentType, await metrics.text());
      case 'GET /healthz':
        return send(response, 200, json, '{"ok":true}');
      case 'GET /readyz': {
        const { isReady, body } = describeReadiness(status());
        return send(response, isReady ? 200 : 503, json, body);
      }
      default:
        return send(response, 404, json, '{"code":"not-found"}');
    }
  }

  const listener = createListener(
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.error({ error: String(error) }, 'metrics could not be read');
        response.destroy();
      });
    },
    { log },
  );

  return {
    /** Rejects if the address cannot be listened on. */
    listen: (host: string, port: number): Promise<AddressInfo> => listener.listen(host, port),
    close: (): Promise<void> => listener.close(),
  };
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body);
}
