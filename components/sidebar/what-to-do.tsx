/**
 * Opens the page that says what to do. The background opens it: a frame in somebody's page may not be let to open a
 * tab.
 */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { HelpTopic } from '../../utils/help/topics.ts';
import { useDesk } from './context.ts';

type WhatToDoProps = {
  topic: HelpTopic;
  /** Where nothing is wrong for certain: the question that the page answers. */
  label?: MessageKey;
};

export function WhatToDo({ topic, label = 'whatToDo' }: WhatToDoProps): JSX.Element {
  const { say } = useDesk();
  return (
    <button
      class="what-to-do"
      type="button"
      data-help={topic}
      onClick={() => say({ type: 'open-help', topic })}
    >
      {words(label)}
    </button>
  );
}
