/** What is wrong and what to do, and the quiet words at the foot. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { Status } from '../../utils/messaging/sidebar-port.ts';
import { formatDuration } from '../duration.ts';
import { unreadWords } from '../unread-words.ts';
import { callName } from './call-state.ts';
import { useDesk } from './context.ts';
import type { SidebarModel } from './model.ts';
import { findProblem } from './problem.ts';
import { WhatToDo } from './what-to-do.tsx';

export function ProblemBanner({ status }: { status: Status }): JSX.Element | null {
  const { now, say } = useDesk();
  const problem = findProblem(status, now.value);
  if (problem === undefined) return null;
  const { message, durationMs, remedy, tone, help } = problem;
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
      ) : null}{' '}
      <WhatToDo topic={help} />
    </div>
  );
}

/** A call that began while the reader was busy with another: it waits for them. */
export function OfferedCall({ model }: { model: SidebarModel }): JSX.Element | null {
  const offered = model.offered.value?.summary.value;
  if (offered === undefined) return null;
  return (
    <p class="offer" role="status" data-offered={offered.id}>
      <span>{words('callOffered', callName(offered))}</span>
      <button
        type="button"
        data-show
        onClick={() =>
          model.mode.peek() === 'pinned' ? model.pin(offered.id) : model.follow(model.mode.peek())
        }
      >
        {words('callShow')}
      </button>
      <button type="button" onClick={() => model.decline(offered.id)}>
        {words('callDecline')}
      </button>
    </p>
  );
}

/** How many calls were let go to make room; nothing where all are kept. */
export function ForgottenNotice({ count }: { count: number }): JSX.Element | null {
  if (count === 0) return null;
  return (
    <p data-forgotten={count}>
      {count === 1 ? words('forgottenOne') : words('forgottenMany', count)} <WhatToDo topic="storage" />
    </p>
  );
}

/** How many events could not be read; nothing where all could. */
export function UnreadNotice({ unread }: { unread: Status['unread'] }): JSX.Element | null {
  const { say } = useDesk();
  if (unread.count === 0 || unread.lastReason === undefined) return null;
  const reason = unreadWords(unread.lastReason);
  return (
    <p class="unread" data-unread={unread.count}>
      {unread.count === 1 ? words('unreadOne', reason) : words('unreadMany', unread.count, reason)}{' '}
      <button
        class="what-to-do"
        type="button"
        data-look
        onClick={() => say({ type: 'open-options', section: 'inspector' })}
      >
        {words('unreadLook')}
      </button>{' '}
      <WhatToDo topic="unread-events" />
    </p>
  );
}
