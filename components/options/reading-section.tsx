/** How the sidebar looks and reads. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { sideChoices, themeChoices, timesChoices } from '../reading-choices.ts';
import { Check } from './check.tsx';
import { LabelTable } from './label-table.tsx';
import { Lockable } from './locked.tsx';
import type { PreferencesEditor } from './preferences-editor.ts';
import { RadioChoice } from './radio-choice.tsx';

type ReadingSectionProps = { editor: PreferencesEditor; flush(): void };

export function ReadingSection({ editor, flush }: ReadingSectionProps): JSX.Element {
  const { theme, times, side, room, announce, labels } = editor.shown.value;
  return (
    <section aria-labelledby="reading-title">
      <h2 id="reading-title">{words('readingTitle')}</h2>
      <p class="intro">{words('readingIntro')}</p>
      <div class="card">
        <div class="choices">
          <Lockable of="theme">
            <RadioChoice
              name="theme"
              legend="theme"
              options={themeChoices}
              value={theme}
              choose={(next) => editor.edit({ theme: next })}
            />
          </Lockable>
          <Lockable of="times">
            <RadioChoice
              name="times"
              legend="times"
              options={timesChoices}
              value={times}
              choose={(next) => editor.edit({ times: next })}
            />
          </Lockable>
          <Lockable of="side">
            <RadioChoice
              name="side"
              legend="side"
              options={sideChoices}
              value={side}
              choose={(next) => editor.edit({ side: next })}
            />
          </Lockable>
        </div>
        <Lockable of="room">
          <Check
            id="room"
            label="roomPush"
            checked={room === 'push'}
            set={(next) => editor.edit({ room: next ? 'push' : 'over' })}
          />
        </Lockable>
        <Lockable of="announce">
          <Check
            id="announce"
            label="announce"
            checked={announce}
            set={(next) => editor.edit({ announce: next })}
          />
        </Lockable>
        <Lockable of="labels">
          <LabelTable labels={labels} type={(next) => editor.type({ labels: next })} leave={flush} />
        </Lockable>
      </div>
    </section>
  );
}
