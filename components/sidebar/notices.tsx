/** What is wrong and what to do, and the quiet words at the foot. */
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { FromSidebar, Status } from '../../utils/messaging/sidebar-port.ts';
import type { UnreadReason } from '../../utils/transcript/event.ts';
import { formatDuration } from '../duration.ts';
import { findProblem } from './problem.ts';

type BannerProps = { status: Status; now: ReadonlySignal<number>; say(message: FromSidebar): void };

export function ProblemBanner({ status, now, say }: BannerProps): JSX.Element | null {
  const problem = findProblem(status, now.value);
  if (problem === undefined) return null;
  const { message, durationMs, remedy, tone } = problem;
  return (
    <div class={`banner ${tone}`} role="alert" data-problem={message}>
      {durationMs === undefined ? words(message) : words(message, formatDuration(durationMs))}{' '}
      {remedy === 'settings' || remedy === 'token' ? (
        <button type="button" onClick={() => say({ type: 'open-options' })}>
          {words(remedy === 'token' ? 'enterToken' : 'openOptions')}
        </button>
      ) : null}
      {remedy === 'retry' ? (
        <button type="button" onClick={() => say({ type: 'retry' })}>
          {words('retryNow')}
        </button>
      ) : null}
    </div>
  );
}

/** How many calls were let go to make room; nothing where all are kept. */
export function ForgottenNotice({ count }: { count: number }): JSX.Element | null {
  if (count === 0) return null;
  return <p data-forgotten={count}>{count === 1 ? words('forgottenOne') : words('forgottenMany', count)}</p>;
}

const reasonWords: Record<UnreadReason, MessageKey> = {
  'broken-json': 'unreadBrokenJson',
  'no-text': 'unreadNoText',
  'text-not-readable': 'unreadTextNotReadable',
  'call-id-not-readable': 'unreadCallIdNotReadable',
  'nested-too-deep': 'unreadNestedTooDeep',
  'too-many-events': 'unreadTooManyEvents',
  'not-an-event': 'unreadNotAnEvent',
};

/** How many events could not be read; nothing where all could. */
export function UnreadNotice({ unread }: { unread: Status['unread'] }): JSX.Element | null {
  if (unread.count === 0 || unread.lastReason === undefined) return null;
  const reason = words(reasonWords[unread.lastReason]);
  return (
    <p class="unread" data-unread={unread.count}>
      {unread.count === 1 ? words('unreadOne', reason) : words('unreadMany', unread.count, reason)}
    </p>
  );
}
