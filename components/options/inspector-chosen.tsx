/** The event that is studied: its values, and what Earshot reads in it. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { splitFrame } from '../../utils/transcript/map-fields.ts';
import { parseEvents } from '../../utils/transcript/parse-event.ts';
import { formatClock } from '../duration.ts';
import { keyOf } from './inspector-events.ts';
import type { InspectorModel } from './inspector-model.ts';
import { ReadFields } from './inspector-reading.tsx';
import { EventTree } from './inspector-tree.tsx';

/** A frame may hold a list of events; more of it would not be studied anyway. */
const MAX_PARTS = 10;

export function ChosenEvent({ model }: { model: InspectorModel }): JSX.Element {
  const chosen = model.events.chosen.value;
  if (chosen === undefined) {
    return (
      <section class="chosen">
        <p class="hint">{words('inspectorChoose')}</p>
      </section>
    );
  }
  const parts = splitFrame(chosen.data);
  return (
    <section class="chosen" aria-labelledby="chosen-title" data-chosen={chosen.seq}>
      <h2 id="chosen-title">{words('inspectorEventOf', formatClock(chosen.atMs))}</h2>
      {parts.slice(0, MAX_PARTS).map((part, at) => (
        <div class="one" key={`${keyOf(chosen)} ${at}`}>
          {parts.length < 2 ? null : <h3>{words('inspectorPart', at + 1, parts.length)}</h3>}
          <EventTree model={model} event={part} />
          <ReadFields read={parseEvents(part, model.map.value)} />
        </div>
      ))}
      {parts.length > MAX_PARTS ? (
        <p class="hint">{words('inspectorHidden', parts.length - MAX_PARTS)}</p>
      ) : null}
    </section>
  );
}
