/** One pattern of the agent's own: what stands in the place of what it finds, and what it finds. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { MAX_PATTERN_LENGTH } from '../../utils/settings/preferences.ts';
import { FullNote } from './full-note.tsx';
import type { RowPlace } from './list-rows.tsx';
import { NameField } from './name-field.tsx';
import type { Pattern, PatternList } from './pattern-list.ts';
import { RemoveButton } from './remove-button.tsx';
import { TextInput } from './text-input.tsx';

/** Held together from left to right, also where the page runs from right to left. */
const EXAMPLE = '\u2066AB-####\u2069';

type PatternRowProps = RowPlace & { pattern: Pattern; list: PatternList; flush(): void };

export function PatternRow(props: PatternRowProps): JSX.Element {
  const { pattern, title, isNew, takesFocus, list, flush } = props;
  const { id } = pattern;
  const isTouched = useSignal(!isNew);
  const isMissing = isTouched.value && pattern.pattern.trim() === '';
  return (
    <fieldset class="pattern">
      <legend class="unseen">{title}</legend>
      <div class="pattern-name">
        <NameField
          id={id}
          name={pattern.name}
          isNew={isNew}
          takesFocus={takesFocus}
          missing="patternsNameMissing"
          type={(name) => list.type(id, { name })}
          leave={flush}
        />
      </div>
      <div class="field">
        <label for={`pattern-${id}`}>{words('patternsPattern')}</label>
        <TextInput
          id={`pattern-${id}`}
          class="query"
          value={pattern.pattern}
          maxLength={MAX_PATTERN_LENGTH}
          spellcheck={false}
          placeholder={EXAMPLE}
          aria-invalid={isMissing}
          aria-describedby={`pattern-${id}-note patterns-hint`}
          type={(typed) => {
            isTouched.value = true;
            list.type(id, { pattern: typed });
          }}
          leave={() => {
            isTouched.value = true;
            flush();
          }}
        />
        <div class="notes" id={`pattern-${id}-note`}>
          {isMissing ? <p class="wrong">{words('patternsPatternMissing')}</p> : null}
          <FullNote text={pattern.pattern} limit={MAX_PATTERN_LENGTH} />
        </div>
      </div>
      <RemoveButton title={title} remove={() => list.remove(id)} />
    </fieldset>
  );
}
