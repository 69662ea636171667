/** A sentence to try the keywords on: it is shown as the transcript would mark it, with who heard what. */
import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { KeywordProfile } from '../../utils/settings/preferences.ts';
import { foldText } from '../../utils/transcript/fold-text.ts';
import { compileProfiles, findKeywords, type KeywordHit } from '../../utils/transcript/keywords.ts';
import { markSentence, type SentencePiece } from './mark-sentence.ts';
import { TryField } from './try-field.tsx';

type TryKeywordsProps = {
  profiles: ReadonlySignal<readonly KeywordProfile[]>;
  titleOf(profile: KeywordProfile): string;
};

export function TryKeywords({ profiles, titleOf }: TryKeywordsProps): JSX.Element {
  const compiled = useComputed(() => compileProfiles(profiles.value));
  const found = compiled.value;
  return (
    <TryField
      id="try"
      example="keywordsTryExample"
      hint="keywordsTryHint"
      result={(sentence = '') => {
        const hits = findKeywords(found, foldText(sentence));
        return (
          <>
            {sentence === '' ? null : (
              <p class="sentence" dir="auto">
                {markSentence(sentence, hits).map((piece) => (
                  <Piece piece={piece} titleOf={titleOf} />
                ))}
              </p>
            )}
            <div role="status">
              {sentence === '' ? null : <Hits sentence={sentence} hits={hits} titleOf={titleOf} />}
            </div>
          </>
        );
      }}
    />
  );
}

type TitleOf = TryKeywordsProps['titleOf'];

function Piece({ piece: { text, hits }, titleOf }: { piece: SentencePiece; titleOf: TitleOf }): JSX.Element {
  const [first] = hits;
  if (first === undefined) return <>{text}</>;
  return (
    <mark class={first.profile.colour} title={hits.map(({ profile }) => titleOf(profile)).join(', ')}>
      {text}
    </mark>
  );
}

type HitsProps = { sentence: string; hits: readonly KeywordHit[]; titleOf: TitleOf };

function Hits({ sentence, hits, titleOf }: HitsProps): JSX.Element {
  if (hits.length === 0) return <p class="hint">{words('keywordsTryNone')}</p>;
  return (
    <>
      <p class="hint">{words('keywordsTryFound')}</p>
      <ul class="hits">
        {hits.map(({ profile, ranges }) => (
          <li key={profile.id} data-hit={profile.name}>
            <bdi class={`chip ${profile.colour}`}>{titleOf(profile)}</bdi>
            {ranges.map(({ from, to }) => (
              <q key={from}>{sentence.slice(from, to)}</q>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
