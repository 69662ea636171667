/** What is wrong and what to do, and the quiet words at the foot. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { FromSidebar, Status } from '../../utils/messaging/sidebar-port.ts';
import type { UnreadReason } from '../../utils/transcript/event.ts';
import { findProblem } from './problem.ts';

export function ProblemBanner({
  status,
  say,
}: {
  status: Status;
  say(message: FromSidebar): void;
}): JSX.Element | null {
  const problem = findProblem(status);
  if (problem === undefined) return null;
  return (
    <div class={`banner ${problem.tone}`} role="alert" data-problem={problem.message}>
      {words(problem.message)}{' '}
      {problem.remedy === 'settings' ? (
        <button type="button" onClick={() => say({ type: 'open-options' })}>
          {words('openOptions')}
        </button>
      ) : null}
      {problem.remedy === 'retry' ? (
        <button type="button" onClick={() => say({ type: 'retry' })}>
          {words('retryNow')}
        </button>
      ) : null}
    </div>
  );
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
