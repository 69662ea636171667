/** One keyword profile: its name and colour, its query, and how it calls for attention. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { type KeywordProfile, MAX_PROFILE_NAME_LENGTH } from '../../utils/settings/preferences.ts';
import { Check } from './check.tsx';
import { ColourChoice } from './colour-choice.tsx';
import { FullNote } from './full-note.tsx';
import type { KeywordList } from './keyword-list.ts';
import { type Notifications, useNotifyCheck } from './notify-check.tsx';
import { QueryField } from './query-field.tsx';
import { TextInput } from './text-input.tsx';

export type KeywordRowProps = {
  profile: KeywordProfile;
  /** What it is called: its name, or its place in the list. */
  title: string;
  isNew: boolean;
  takesFocus: boolean;
  list: KeywordList;
  notifications: Notifications;
  flush(): void;
};

export function KeywordRow(props: KeywordRowProps): JSX.Element {
  const { profile, title, isNew, takesFocus, list, notifications, flush } = props;
  const { id, name, query, colour, badge, notify, sound } = profile;
  const nameInput = useRef<HTMLInputElement>(null);
  const isNameTouched = useSignal(!isNew);
  const isNameMissing = isNameTouched.value && name.trim() === '';
  const notifyCheck = useNotifyCheck({
    id: `notify-${id}`,
    notify,
    notifications,
    set: (next) => list.edit(id, { notify: next }),
  });

  useLayoutEffect(() => {
    if (takesFocus) nameInput.current?.focus();
  }, []);

  return (
    <fieldset class="keyword">
      <legend class="unseen">{title}</legend>
      <div class="keyword-head">
        <div class="field">
          <label for={`name-${id}`}>{words('keywordsName')}</label>
          <TextInput
            id={`name-${id}`}
            inputRef={nameInput}
            value={name}
            maxLength={MAX_PROFILE_NAME_LENGTH}
            aria-invalid={isNameMissing}
            aria-describedby={`name-${id}-note`}
            type={(typed) => list.type(id, { name: typed })}
            leave={() => {
              isNameTouched.value = true;
              flush();
            }}
          />
        </div>
        <div class="notes" id={`name-${id}-note`}>
          {isNameMissing ? <p class="wrong">{words('keywordsNameMissing')}</p> : null}
          <FullNote text={name} limit={MAX_PROFILE_NAME_LENGTH} />
        </div>
        <ColourChoice
          name={`colour-${id}`}
          value={colour}
          choose={(next) => list.edit(id, { colour: next })}
        />
      </div>
      <QueryField
        id={`query-${id}`}
        query={query}
        isNew={isNew}
        type={(typed) => list.type(id, { query: typed })}
        leave={flush}
      />
      <div class="keyword-foot">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset within a fieldset is read out twice as long */}
        <div class="alerts" role="group" aria-label={words('keywordsAlert')}>
          <Check
            id={`badge-${id}`}
            label="keywordsBadge"
            checked={badge}
            set={(next) => list.edit(id, { badge: next })}
          />
          {notifyCheck.box}
          <Check
            id={`sound-${id}`}
            label="keywordsSound"
            checked={sound}
            set={(next) => list.edit(id, { sound: next })}
          />
        </div>
        <button
          class="plain"
          type="button"
          aria-label={words('keywordsRemoveNamed', title)}
          onClick={() => list.remove(id)}
        >
          {words('keywordsRemove')}
        </button>
      </div>
      {notifyCheck.note}
    </fieldset>
  );
}
