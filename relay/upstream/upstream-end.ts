/** Why a connection to the platform ended or never began, and what agents and the log are told of it. */
import type { UpstreamState } from '../../utils/protocol/frames.ts';

export type UpstreamEnd =
  /** An HTTP answer instead of a WebSocket. `expiredAtMs`: the relay's token had ended by then, as the token says. */
  | { kind: 'answered'; status: number; expiredAtMs?: number | undefined }
  /** The network's error code, such as ECONNREFUSED, before the connection stood. */
  | { kind: 'failed'; code: string | undefined }
  | { kind: 'timeout' }
  /** A connection that stood was closed; 1006 if without a closing handshake. */
  | { kind: 'closed'; code: number }
  /** A connection that stood fell silent. */
  | { kind: 'silent' }
  /** The relay's own token cannot be used. */
  | { kind: 'no-token'; problem: string };

export type UpstreamEndWords = { state: Extract<UpstreamState, 'unauthorized' | 'down'>; detail: string };

export function describeUpstreamEnd(end: UpstreamEnd): UpstreamEndWords {
  switch (end.kind) {
    case 'answered':
      return describeStatus(end.status, end.expiredAtMs);
    case 'failed':
      return down(describeNetworkError(end.code));
    case 'timeout':
      return down('The platform did not answer in time');
    case 'closed':
      return down(
        end.code === 1006 ? 'The connection was lost' : `The platform closed the connection (${end.code})`,
      );
    case 'silent':
      return down('The platform no longer answers');
    case 'no-token':
      return { state: 'unauthorized', detail: end.problem };
    default:
      return end satisfies never;
  }
}

function describeStatus(status: number, expiredAtMs: number | undefined): UpstreamEndWords {
  if ((status === 401 || status === 403) && expiredAtMs !== undefined) {
    const moment = new Date(expiredAtMs).toISOString();
    return {
      state: 'unauthorized',
      detail: `The platform answered ${status}: the relay’s token expired at ${moment}`,
    };
  }
  switch (status) {
    case 401:
      return {
        state: 'unauthorized',
        detail: 'The platform answered 401: the relay’s token is wrong or expired',
      };
    case 403:
      return {
        state: 'unauthorized',
        detail: 'The platform answered 403: the relay’s token may not run this script',
      };
    case 404:
      return down('The platform answered 404: no such script');
    default:
      return down(`The platform answered ${status} instead of opening a WebSocket`);
  }
}

function describeNetworkError(code: string | undefined): string {
  switch (code) {
    case undefined:
      return 'The platform’s WebSocket could not be opened';
    case 'ECONNREFUSED':
      return 'The platform cannot be reached: connection refused';
    case 'ENOTFOUND':
      return 'The platform cannot be reached: its host name is unknown';
    case 'EAI_AGAIN':
      return 'The platform cannot be reached: its host name cannot be looked up at the moment';
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return 'The platform cut the connection before answering';
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'The platform did not answer in time';
    default:
      return `The platform cannot be reached (${code})`;
  }
}

function down(detail: string): UpstreamEndWords {
  return { state: 'down', detail };
}
