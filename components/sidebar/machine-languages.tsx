/** From which language into which a call is translated. */
import type { JSX } from 'preact';
import { type MessageKey, uiLanguage, words } from '../../utils/browser/runtime.ts';

/** Those that browsers translate; the browser says of each pair whether it can. */
const languages = [
  'ar',
  'bg',
  'bn',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fi',
  'fr',
  'he',
  'hi',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'nl',
  'no',
  'pl',
  'pt',
  'ro',
  'ru',
  'sk',
  'sl',
  'sv',
  'th',
  'tr',
  'uk',
  'vi',
  'zh',
];

type Pair = { from: string; to: string };

export function MachineLanguages({ from, to, choose }: Pair & { choose(pair: Pair): void }): JSX.Element {
  return (
    <div class="machine-languages">
      <LanguageSelect label="machineFrom" value={from} choose={(next) => choose({ from: next, to })} />
      <LanguageSelect label="machineTo" value={to} choose={(next) => choose({ from, to: next })} />
    </div>
  );
}

type LanguageSelectProps = { label: MessageKey; value: string; choose(language: string): void };

function LanguageSelect({ label, value, choose }: LanguageSelectProps): JSX.Element {
  const names = new Intl.DisplayNames([uiLanguage()], { type: 'language' });
  const { compare } = new Intl.Collator(uiLanguage());
  const options = [...new Set([...languages, value])]
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((one, other) => compare(one.name, other.name));
  return (
    <label>
      <span>{words(label)}</span>
      <select value={value} data-language={label} onChange={(event) => choose(event.currentTarget.value)}>
        {options.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
