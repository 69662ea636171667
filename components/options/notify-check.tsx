/** Whether a keyword shows a notification. The browser has to allow it, and is asked when it is switched on. */
import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { Check } from './check.tsx';

export type Notifications = {
  /** As far as known. */
  allowed: Signal<boolean>;
  ask(): Promise<boolean>;
};

type NotifyCheckProps = {
  id: string;
  notify: boolean;
  notifications: Notifications;
  set(notify: boolean): void;
};

/** The box, and behind the other boxes what there is to say of it. */
export function useNotifyCheck({ id, notify, notifications, set }: NotifyCheckProps): {
  box: JSX.Element;
  note: JSX.Element;
} {
  const isRefused = useSignal(false);
  const noteId = `${id}-note`;

  async function take(answer: Promise<boolean>, box: HTMLInputElement): Promise<void> {
    // A browser that does not even ask has refused.
    const isAllowed = await answer.catch(() => false);
    notifications.allowed.value = isAllowed;
    isRefused.value = !isAllowed;
    if (isAllowed) set(true);
    else box.checked = false;
  }

  const isLost = notify && !notifications.allowed.value;
  return {
    box: (
      <Check
        id={id}
        label="keywordsNotify"
        describedBy={noteId}
        checked={notify}
        set={(wanted, box) => {
          // First of all: after anything else the browser may no longer take it for an answer to the click.
          if (wanted) void take(notifications.ask(), box);
          else {
            isRefused.value = false;
            set(false);
          }
        }}
      />
    ),
    note: (
      <p class="wrong" id={noteId} role="status">
        {isRefused.value ? words('keywordsNotifyRefused') : isLost ? words('keywordsNotifyLost') : ''}
      </p>
    ),
  };
}
