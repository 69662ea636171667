import { expect, test } from 'vitest';
import { describeUpstreamEnd, type UpstreamEnd } from '../../../relay/upstream/upstream-end.ts';

test.each<[UpstreamEnd, 'unauthorized' | 'down', string]>([
  [{ kind: 'answered', status: 401 }, 'unauthorized', '401: the relay’s token is wrong or expired'],
  [{ kind: 'answered', status: 403 }, 'unauthorized', '403'],
  [{ kind: 'answered', status: 404 }, 'down', '404: no such script'],
  [{ kind: 'answered', status: 200 }, 'down', '200 instead of opening a WebSocket'],
  [{ kind: 'answered', status: 503 }, 'down', '503'],
  [{ kind: 'failed', code: 'ECONNREFUSED' }, 'down', 'connection refused'],
  [{ kind: 'failed', code: 'ENOTFOUND' }, 'down', 'host name is unknown'],
  [{ kind: 'failed', code: 'ECONNRESET' }, 'down', 'cut the connection'],
  [{ kind: 'failed', code: 'CERT_HAS_EXPIRED' }, 'down', 'CERT_HAS_EXPIRED'],
  [{ kind: 'failed', code: undefined }, 'down', 'could not be opened'],
  [{ kind: 'timeout' }, 'down', 'did not answer in time'],
  [{ kind: 'closed', code: 1000 }, 'down', 'closed the connection (1000)'],
  [{ kind: 'closed', code: 1006 }, 'down', 'was lost'],
  [{ kind: 'silent' }, 'down', 'no longer answers'],
  [{ kind: 'no-token', problem: 'P' }, 'unauthorized', 'P'],
])('%j is told as %s', (end, state, words) => {
  expect(describeUpstreamEnd(end)).toEqual({ state, detail: expect.stringContaining(words) });
});
