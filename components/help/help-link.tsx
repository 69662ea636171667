/** A quiet link to the page that says what to do, for the extension's own pages. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { HelpTopic } from '../../utils/help/topics.ts';

export function HelpLink({ topic }: { topic: HelpTopic }): JSX.Element {
  return (
    <a class="help-link" href={`help.html#${topic}`} target="_blank" data-help={topic} rel="noopener">
      {words('whatToDo')}
    </a>
  );
}
