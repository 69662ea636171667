/** The query language by example. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

const examples: readonly { example: MessageKey; meaning: MessageKey }[] = [
  { example: 'keywordsHelpAnd', meaning: 'keywordsHelpAndMeans' },
  { example: 'keywordsHelpOr', meaning: 'keywordsHelpOrMeans' },
  { example: 'keywordsHelpNot', meaning: 'keywordsHelpNotMeans' },
  { example: 'keywordsHelpMinus', meaning: 'keywordsHelpMinusMeans' },
  { example: 'keywordsHelpPhrase', meaning: 'keywordsHelpPhraseMeans' },
  { example: 'keywordsHelpGroup', meaning: 'keywordsHelpGroupMeans' },
  { example: 'keywordsHelpStar', meaning: 'keywordsHelpStarMeans' },
];

export function KeywordHelp({ isOpen }: { isOpen: boolean }): JSX.Element {
  return (
    <details class="help" open={isOpen}>
      <summary>{words('keywordsHelp')}</summary>
      <dl>
        {examples.map(({ example, meaning }) => (
          <div key={example}>
            <dt dir="auto">{words(example)}</dt>
            <dd>{words(meaning)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
