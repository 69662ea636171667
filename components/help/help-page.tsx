/**
 * All pages of help, of which one is shown: the others are hidden until the browser's find-in-page finds something in
 * them, and is led there.
 */
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { type HelpGroup, type HelpTopic, helpGroups, helpTopics } from '../../utils/help/topics.ts';
import { Pieces } from './draw-pieces.tsx';
import type { HelpText, Piece } from './piece.ts';

const groupWords: Record<HelpGroup, MessageKey> = {
  use: 'helpGroupUse',
  relay: 'helpGroupRelay',
  lines: 'helpGroupLines',
  ticket: 'helpGroupTicket',
  settings: 'helpGroupSettings',
};
const groups = Object.keys(groupWords) as HelpGroup[];

type HelpPageProps = {
  pages: Readonly<Record<HelpTopic, HelpText>>;
  shown: ReadonlySignal<HelpTopic>;
  /** Something was found in a page that is not shown. */
  show(topic: HelpTopic): void;
  version: string;
};

export function HelpPage({ pages, shown, show, version }: HelpPageProps): JSX.Element {
  return (
    <div class="help">
      {/* The pages are written in English alone. */}
      <main lang="en" dir="ltr">
        {helpTopics.map((topic) => (
          <Article
            key={topic}
            topic={topic}
            pieces={pages[topic].pieces}
            isShown={shown.value === topic}
            found={() => show(topic)}
          />
        ))}
      </main>
      <nav aria-labelledby="topics-title">
        <h2 id="topics-title">{words('helpTopics')}</h2>
        <p class="hint">{words('helpFind')}</p>
        {groups.map((group) => (
          <section key={group}>
            <h3>{words(groupWords[group])}</h3>
            <ul lang="en">
              {helpGroups[group].map((topic) => (
                <li key={topic}>
                  <a href={`#${topic}`} aria-current={shown.value === topic ? 'page' : undefined}>
                    {pages[topic].title}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <p class="hint" data-version>
          {words('helpVersion', version)}
        </p>
      </nav>
    </div>
  );
}

type ArticleProps = { topic: HelpTopic; pieces: readonly Piece[]; isShown: boolean; found(): void };

function Article({ topic, pieces, isShown, found }: ArticleProps): JSX.Element {
  const article = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = article.current;
    element?.addEventListener('beforematch', found);
    return () => element?.removeEventListener('beforematch', found);
  }, [found]);
  return (
    <article ref={article} data-topic={topic} tabIndex={-1} hidden={isShown ? false : 'until-found'}>
      <Pieces pieces={pieces} />
    </article>
  );
}
