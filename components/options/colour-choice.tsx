/** The colour of a keyword: five swatches, each with its name. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { type KeywordProfile, profileColours } from '../../utils/settings/preferences.ts';
import { RadioGroup } from './radio-choice.tsx';

type Colour = KeywordProfile['colour'];

const colourWords: Record<Colour, MessageKey> = {
  amber: 'colourAmber',
  red: 'colourRed',
  green: 'colourGreen',
  blue: 'colourBlue',
  violet: 'colourViolet',
};

const options = profileColours.map((value) => ({ value, label: colourWords[value] }));

type ColourChoiceProps = { name: string; value: Colour; choose(colour: Colour): void };

export function ColourChoice({ name, value, choose }: ColourChoiceProps): JSX.Element {
  return (
    <RadioGroup
      class="colours"
      name={name}
      legend="keywordsColour"
      options={options}
      value={value}
      choose={choose}
      face={(option) => (
        <span class={`swatch ${option.value}`} title={words(option.label)}>
          <span class="unseen">{words(option.label)}</span>
        </span>
      )}
    />
  );
}
