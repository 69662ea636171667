/** One of many, in the browser's own list. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

type SelectOption = { value: string; label: string };

type SelectFieldProps = {
  id: string;
  label: MessageKey;
  /** Options without a group stand first. */
  options: readonly SelectOption[];
  groups?: readonly { label: string; options: readonly SelectOption[] }[];
  value: string;
  choose(value: string): void;
};

export function SelectField({
  id,
  label,
  options,
  groups = [],
  value,
  choose,
}: SelectFieldProps): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{words(label)}</label>
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map((option) => (
          <Option key={option.value} {...option} />
        ))}
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.options.map((option) => (
              <Option key={option.value} {...option} />
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

function Option({ value, label }: SelectOption): JSX.Element {
  return <option value={value}>{label}</option>;
}
