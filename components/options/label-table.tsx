/** What the two legs of a call are called, by its direction. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { MAX_LABEL_LENGTH, type Preferences } from '../../utils/settings/preferences.ts';
import { defaultLabels, type LabelDirection, type Labels } from '../sidebar/speaker-label.ts';
import { FullNote } from './full-note.tsx';
import { TextInput } from './text-input.tsx';

type LabelTableProps = {
  labels: Preferences['labels'];
  type(labels: Preferences['labels']): void;
  leave(): void;
};

const directions: readonly { direction: LabelDirection; label: MessageKey }[] = [
  { direction: 'inbound', label: 'labelsInbound' },
  { direction: 'outbound', label: 'labelsOutbound' },
  { direction: 'unknown', label: 'labelsUnknown' },
];
const legs: readonly { leg: keyof Labels; label: MessageKey }[] = [
  { leg: 'caller', label: 'legCaller' },
  { leg: 'callee', label: 'legCallee' },
];

export function LabelTable({ labels, type, leave }: LabelTableProps): JSX.Element {
  const longest = Object.values(labels)
    .flatMap(({ caller, callee }) => [caller, callee])
    .reduce((one, other) => (other.length > one.length ? other : one));
  return (
    <div class="labels">
      <table>
        <caption>{words('labelsTitle')}</caption>
        <thead>
          <tr>
            <th scope="col">{words('labelsDirection')}</th>
            {legs.map(({ leg, label }) => (
              <th key={leg} scope="col" id={`label-${leg}`}>
                {words(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {directions.map(({ direction, label }) => (
            <tr key={direction}>
              <th scope="row" id={`label-${direction}`}>
                {words(label)}
              </th>
              {legs.map(({ leg }) => (
                <td key={leg}>
                  <TextInput
                    id={`label-${direction}-${leg}`}
                    value={labels[direction][leg]}
                    maxLength={MAX_LABEL_LENGTH}
                    placeholder={words(defaultLabels[direction][leg])}
                    aria-labelledby={`label-${direction} label-${leg}`}
                    aria-describedby="labels-note"
                    type={(typed) => type({ ...labels, [direction]: { ...labels[direction], [leg]: typed } })}
                    leave={leave}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div class="notes" id="labels-note">
        <p class="hint">{words('labelsHint')}</p>
        <FullNote text={longest} limit={MAX_LABEL_LENGTH} />
      </div>
    </div>
  );
}
