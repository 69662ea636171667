/** What is blotted out of copies, of tickets, and of the screen if wanted. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { RedactionRules } from '../../utils/settings/preferences.ts';
import { Check } from './check.tsx';
import { ListRows, titleIn } from './list-rows.tsx';
import { Lockable } from './locked.tsx';
import type { Pattern, PatternList } from './pattern-list.ts';
import { PatternRow } from './pattern-row.tsx';
import type { PreferencesEditor } from './preferences-editor.ts';
import { TryHiding } from './try-hiding.tsx';

type HidingSectionProps = { editor: PreferencesEditor; list: PatternList; flush(): void };

type Rule = Exclude<keyof RedactionRules, 'patterns'>;

const kinds: readonly { rule: Rule; label: MessageKey; hint?: MessageKey }[] = [
  { rule: 'cards', label: 'hideCards', hint: 'hideCardsHint' },
  { rule: 'nationalIds', label: 'hideNationalIds' },
  { rule: 'emails', label: 'hideEmails' },
  { rule: 'phones', label: 'hidePhones' },
];

export function HidingSection({ editor, list, flush }: HidingSectionProps): JSX.Element {
  const { redaction } = editor.shown.value;
  const titleOf = (pattern: Pattern) => titleIn(list, pattern, 'patternsNumber');
  const set = (rule: Rule, on: boolean) => editor.edit({ redaction: { ...redaction, [rule]: on } });
  return (
    <section aria-labelledby="hiding-title">
      <h2 id="hiding-title">{words('hiddenTitle')}</h2>
      <p class="intro">{words('hiddenIntro')}</p>
      <div class="card">
        <Lockable of="redaction">
          <div class="checks">
            {kinds.map(({ rule, ...said }) => (
              <Check
                key={rule}
                id={`hide-${rule}`}
                {...said}
                checked={redaction[rule]}
                set={(on) => set(rule, on)}
              />
            ))}
          </div>
          <div class="part">
            <h3>{words('patternsTitle')}</h3>
            <p class="hint" id="patterns-hint">
              {words('patternsHint')}
            </p>
            <ListRows
              list={list}
              kind="pattern"
              titleOf={titleOf}
              row={(pattern, place) => <PatternRow {...place} pattern={pattern} list={list} flush={flush} />}
              addId="add-pattern"
              none="patternsNone"
              add="patternsAdd"
              full="patternsFull"
            />
          </div>
          <div class="part">
            <Check
              id="hide-onScreen"
              label="hideOnScreen"
              hint="hideOnScreenHint"
              checked={redaction.onScreen}
              set={(on) => set('onScreen', on)}
            />
          </div>
        </Lockable>
        <TryHiding editor={editor} />
      </div>
    </section>
  );
}
