/** One step of the first run: its number, or the tick once it is done, and what is to do. */
import type { ComponentChildren, JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

type StartStepProps = {
  id: string;
  number: number;
  title: MessageKey;
  /** What is said once it is done; `undefined` before. */
  done: string | undefined;
  children: ComponentChildren;
};

export function StartStep({ id, number, title, done, children }: StartStepProps): JSX.Element {
  const isDone = done !== undefined;
  return (
    <li class="step" data-step={id} data-done={isDone}>
      <span class="step-sign" aria-hidden="true">
        {isDone ? (
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="m3.500 8.500 3 3 6-7" />
          </svg>
        ) : (
          number
        )}
      </span>
      <div class="step-body">
        <h2>{words(title)}</h2>
        <p class="step-done" role="status">
          {done}
        </p>
        {children}
      </div>
    </li>
  );
}
