/** One keyword profile: its name and colour, its query, and how it calls for attention. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { KeywordProfile } from '../../utils/settings/preferences.ts';
import { Check } from './check.tsx';
import { ColourChoice } from './colour-choice.tsx';
import type { KeywordList } from './keyword-list.ts';
import type { RowPlace } from './list-rows.tsx';
import { NameField } from './name-field.tsx';
import { type Notifications, useNotifyCheck } from './notify-check.tsx';
import { QueryField } from './query-field.tsx';
import { RemoveButton } from './remove-button.tsx';

type KeywordRowProps = RowPlace & {
  profile: KeywordProfile;
  list: KeywordList;
  notifications: Notifications;
  flush(): void;
};

export function KeywordRow(props: KeywordRowProps): JSX.Element {
  const { profile, title, isNew, takesFocus, list, notifications, flush } = props;
  const { id, name, query, colour, badge, notify, sound } = profile;
  const notifyCheck = useNotifyCheck({
    id: `notify-${id}`,
    notify,
    notifications,
    set: (next) => list.edit(id, { notify: next }),
  });

  return (
    <fieldset class="keyword">
      <legend class="unseen">{title}</legend>
      <div class="keyword-head">
        <NameField
          id={id}
          name={name}
          isNew={isNew}
          takesFocus={takesFocus}
          missing="keywordsNameMissing"
          type={(typed) => list.type(id, { name: typed })}
          leave={flush}
        />
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
        <RemoveButton title={title} remove={() => list.remove(id)} />
      </div>
      {notifyCheck.note}
    </fieldset>
  );
}
