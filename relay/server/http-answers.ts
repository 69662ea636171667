/** How the relay answers over HTTP: its endpoints, and refusals on a socket that asked for an upgrade. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { SESSION_PATH, type SessionAnswer } from '../../utils/protocol/session.ts';
import type { Admission, Asking } from '../access/admission.ts';
import { type Agent, describeCalls } from '../access/agents.ts';
import type { ReadAddress } from '../access/client-address.ts';
import { encodeRefusal, type Refusal, refuse } from '../access/refusals.ts';
import type { Channel } from '../channel.ts';
import { describeReadiness, type RelayStatus } from '../operations/readiness.ts';

/** Both are read by extension pages of any id; the session rests on the token alone, never on a cookie. */
const READABLE_PATHS: readonly string[] = [SESSION_PATH, '/healthz'];
const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization',
  'access-control-allow-methods': 'GET',
  'access-control-max-age': '600',
} as const;

/** A refusal that is not taken in by then is lost. */
const REFUSAL_WAIT_MS = 5_000;

export function readAsking(request: IncomingMessage, readAddress: ReadAddress): Asking {
  const forwardedFor = request.headers['x-forwarded-for'];
  return {
    path: (request.url ?? '/').split('?', 1)[0] ?? '/',
    address: readAddress(request.socket.remoteAddress, [forwardedFor].flat().join(',') || undefined),
    origin: request.headers.origin,
    protocols: request.headers['sec-websocket-protocol'],
    authorization: request.headers.authorization,
  };
}

export type HttpDependencies = {
  admission: Admission;
  readAddress: ReadAddress;
  channelOf: (agent: Agent) => Channel | undefined;
  status: () => RelayStatus;
};

/** `GET /healthz`, `GET /readyz`, `GET /v1/session` and its preflight; 404 for anything else. */
export function createHttpHandler({ admission, readAddress, channelOf, status }: HttpDependencies) {
  const describe = (agent: Agent): SessionAnswer => ({
    agent: agent.name,
    calls: describeCalls(agent),
    upstream: channelOf(agent)?.upstreamFrame().state ?? 'down',
  });

  return (request: IncomingMessage, response: ServerResponse): void => {
    const asking = readAsking(request, readAddress);
    if (READABLE_PATHS.includes(asking.path)) {
      for (const [name, value] of Object.entries(CORS_HEADERS)) response.setHeader(name, value);
    }
    switch (`${request.method} ${asking.path}`) {
      case 'GET /healthz':
        answer(response, 200, '{"ok":true}');
        break;
      case 'GET /readyz': {
        const { isReady, body } = describeReadiness(status());
        answer(response, isReady ? 200 : 503, body);
        break;
      }
      case `OPTIONS ${SESSION_PATH}`:
        response.writeHead(204).end();
        break;
      case `GET ${SESSION_PATH}`: {
        void admission.admitSession(asking).then((admitted) => {
          if (admitted.ok) answer(response, 200, JSON.stringify(describe(admitted.agent)));
          else answerRefusal(response, admitted.refusal);
        });
        break;
      }
      default:
        answerRefusal(response, refuse('not-found'));
    }
  };
}

/** Refuses an upgrade before any 101 and lets the socket go. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const body = encodeRefusal(refusal);
  const waiting = setTimeout(() => socket.destroy(), REFUSAL_WAIT_MS);
  socket.once('close', () => clearTimeout(waiting));
  socket.once('finish', () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      ...(refusal.code === 'version' ? ['upgrade: websocket'] : []),
      '',
      body,
    ].join('\r\n'),
  );
}

function answerRefusal(response: ServerResponse, refusal: Refusal): void {
  answer(response, refusal.status, encodeRefusal(refusal));
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body);
}
