/** One of a few, in a row. */
import type { ComponentChildren, JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

type RadioOption<Value extends string> = { value: Value; label: MessageKey };

type RadioChoiceProps<Value extends string> = {
  /** Of the group in the page. */
  name: string;
  legend: MessageKey;
  options: readonly RadioOption<Value>[];
  value: Value;
  choose(value: Value): void;
};

export function RadioChoice<Value extends string>(props: RadioChoiceProps<Value>): JSX.Element {
  return (
    <RadioGroup {...props} class="choice" face={({ label }) => <span class="face">{words(label)}</span>} />
  );
}

type RadioGroupProps<Value extends string> = RadioChoiceProps<Value> & {
  class: string;
  face(option: RadioOption<Value>): ComponentChildren;
};

/** The radio buttons themselves are not seen; what stands for each is `face`. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>): JSX.Element {
  const { name, legend, options, value, choose, face } = props;
  return (
    <fieldset class={props.class}>
      <legend>{words(legend)}</legend>
      <div class="options">
        {options.map((option) => (
          <label key={option.value} class="option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => choose(option.value)}
            />
            {face(option)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
