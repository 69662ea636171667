/** A hop's finding in words: what happened and what it means, what to do, and where more is said. */
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { Finding, FindingOf, HopName } from '../../utils/connection/hops.ts';
import type { HelpTopic } from '../../utils/help/topics.ts';
import { formatDuration } from '../duration.ts';
import { type PlainKind, plainWords } from './hop-plain-words.ts';
import { readingWords } from './hop-reading-words.ts';

export type HopWords = {
  said: string;
  /** What to do about it. */
  todo?: string | undefined;
  help?: HelpTopic | undefined;
  /** The inspector shows what was found. */
  toInspector?: boolean | undefined;
};

export const hopTitles: Record<HopName, MessageKey> = {
  address: 'hopAddress',
  reach: 'hopReach',
  protocol: 'hopProtocol',
  token: 'hopToken',
  platform: 'hopPlatform',
  arriving: 'hopArriving',
  readable: 'hopReadable',
};

/** Refusals that pass by themselves. */
const laterWords = {
  rate: { said: 'hopRate', help: 'token' },
  crowded: { said: 'hopCrowded', help: 'connection-lost' },
  draining: { said: 'hopDraining', help: 'connection-lost' },
  overloaded: { said: 'hopOverloaded', help: 'connection-lost' },
  identity: { said: 'hopIdentity', help: 'connection-lost' },
} as const satisfies Record<string, { said: MessageKey; help: HelpTopic }>;

/** `nowMs`: when it was found; so it was then, and so it stands. */
export function describeFinding(finding: Finding, nowMs: number): HopWords {
  switch (finding.kind) {
    case 'closed':
      return { said: words('hopClosed', finding.code), todo: words('hopClosedDo'), help: 'connection-lost' };
    case 'accepted':
      return { said: describeAccepted(finding, nowMs), help: undefined };
    case 'expired':
      return { said: describeExpired(finding, nowMs), todo: words('hopTokenExpiredDo'), help: 'token' };
    case 'rate':
    case 'crowded':
    case 'draining':
    case 'overloaded':
    case 'identity': {
      const { said, help } = laterWords[finding.kind];
      return { said: words(said), todo: describeLater(finding.retryAfterMs), help };
    }
    case 'up':
    case 'connecting':
    case 'unauthorized':
    case 'down':
      return describePlatform(finding, formatDuration(nowMs - finding.sinceMs));
    case 'came':
      return { said: words('hopCame', formatDuration(finding.agoMs)) };
    case 'none-held':
      return {
        said: words('hopNoneHeld', formatDuration(finding.windowMs)),
        todo: words('hopNoneHeldDo'),
        help: 'no-events',
      };
    case 'none-heard':
      return {
        said: words('hopNoneHeard', formatDuration(finding.listenedMs)),
        todo: words('hopNoneHeardDo'),
        help: 'no-events',
      };
    case 'all-read':
    case 'some-unread':
    case 'none-read':
    case 'no-text':
    case 'no-call-id':
      return readingWords(finding);
    default:
      return describePlain(finding.kind);
  }
}

function describePlain(kind: PlainKind): HopWords {
  const { said, todo, help } = plainWords[kind];
  return { said: words(said), todo: todo === undefined ? undefined : words(todo), help };
}

function describeAccepted(found: FindingOf<'token'> & { kind: 'accepted' }, nowMs: number): string {
  const { agent, expiresAtMs } = found;
  if (expiresAtMs === undefined) return words('hopAccepted', agent);
  return words('hopAcceptedUntil', agent, formatDuration(expiresAtMs - nowMs));
}

function describeExpired(found: FindingOf<'token'> & { kind: 'expired' }, nowMs: number): string {
  const { expiredAtMs } = found;
  return expiredAtMs === undefined
    ? words('hopTokenExpired')
    : words('hopTokenExpiredAgo', formatDuration(nowMs - expiredAtMs));
}

function describeLater(retryAfterMs: number | undefined): string {
  return retryAfterMs === undefined
    ? words('hopLaterDo')
    : words('hopLaterInDo', formatDuration(Math.max(1_000, retryAfterMs)));
}

function describePlatform(
  found: Extract<FindingOf<'platform'>, { sinceMs: number }>,
  forHow: string,
): HopWords {
  const detail = found.detail === undefined ? '' : ` ${words('hopDetail', found.detail)}.`;
  switch (found.kind) {
    case 'up':
      return { said: words('hopPlatformUp', forHow) };
    case 'unauthorized':
      return {
        said: words('hopPlatformUnauthorized', forHow) + detail,
        todo: words('hopPlatformUnauthorizedDo'),
        help: 'platform-token',
      };
    case 'down':
      return {
        said: words('hopPlatformDown', forHow) + detail,
        todo: words('hopPlatformDownDo'),
        help: 'platform-down',
      };
    case 'connecting':
      return {
        said: words('hopPlatformConnecting', forHow) + detail,
        todo: words('hopPlatformConnectingDo'),
        help: 'platform-down',
      };
  }
}
