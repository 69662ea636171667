/** The last events, the newest first: when each came and what became of it. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { TranscriptEvent } from '../../utils/transcript/event.ts';
import { formatClock } from '../duration.ts';
import { unreadWords } from '../unread-words.ts';
import { Check } from './check.tsx';
import { keyOf } from './inspector-events.ts';
import type { InspectorModel, ReadEvent } from './inspector-model.ts';

export function EventList({ model }: { model: InspectorModel }): JSX.Element {
  const unreadOnly = useSignal(false);
  const { events } = model;
  const chosen = events.chosen.value;
  const isChosen = ({ event }: ReadEvent) => chosen !== undefined && keyOf(event) === keyOf(chosen);
  const newestFirst = model.reads.value.toReversed();
  const shown = unreadOnly.value
    ? newestFirst.filter((one) => becameOf(one.read) === 'unread' || isChosen(one))
    : newestFirst;
  return (
    <section class="events" aria-labelledby="events-title">
      <div class="title-row">
        <h2 id="events-title">{words('inspectorEvents')}</h2>
        {chosen === undefined ? null : <Paused model={model} />}
      </div>
      <Check
        id="unread-only"
        label="inspectorUnreadOnly"
        checked={unreadOnly.value}
        set={(on) => {
          unreadOnly.value = on;
        }}
      />
      {shown.length === 0 ? (
        <p class="hint">{words(newestFirst.length === 0 ? 'inspectorNoEvents' : 'inspectorAllRead')}</p>
      ) : (
        <ol>
          {shown.map((one) => (
            <li key={keyOf(one.event)}>
              <button
                type="button"
                data-event={one.event.seq}
                data-became={becameOf(one.read)}
                aria-current={isChosen(one) ? 'true' : undefined}
                onClick={() => events.choose(one.event)}
              >
                <time>{formatClock(one.event.atMs)}</time>
                <span dir="auto">{wordsFor(one.read)}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Paused({ model: { events } }: { model: InspectorModel }): JSX.Element {
  const count = events.waitingCount.value;
  return (
    <>
      <span class="hint" role="status">
        {count === 0 ? words('inspectorPaused') : words('inspectorWaiting', count)}
      </span>
      <button class="plain" type="button" id="go-on" onClick={events.goOn}>
        {words('inspectorGoOn')}
      </button>
    </>
  );
}

/** What is most worth knowing of the events that a frame held. */
function becameOf(read: readonly TranscriptEvent[]): TranscriptEvent['kind'] {
  const kinds = read.map(({ kind }) => kind);
  return (['unread', 'line', 'call'] as const).find((kind) => kinds.includes(kind)) ?? 'keep-alive';
}

function wordsFor(read: readonly TranscriptEvent[]): string {
  const unread = read.find((event) => event.kind === 'unread');
  if (unread !== undefined) return words('inspectorUnread', unreadWords(unread.reason));
  const [first, ...others] = read.filter((event) => event.kind === 'line');
  if (first !== undefined) {
    return others.length === 0 ? first.text : words('inspectorManyLines', others.length + 1, first.text);
  }
  return words(read.some(({ kind }) => kind === 'call') ? 'inspectorCallOnly' : 'inspectorKeepAlive');
}
