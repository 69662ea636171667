/** The lines that the shown events give by the map as it is, and what values in them mean. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { InspectorModel } from './inspector-model.ts';
import { legWords } from './inspector-reading.tsx';
import { type SeenFinal, type SeenLeg, seenFinals, seenLegs } from './seen-values.ts';

const MAX_LINES = 8;

export function Preview({ model }: { model: InspectorModel }): JSX.Element {
  const map = model.map.value;
  const reads = model.reads.value;
  const givers = reads.filter(({ read }) => read.some(({ kind }) => kind === 'line'));
  const lines = reads.flatMap(({ read }) => read.filter((event) => event.kind === 'line')).slice(-MAX_LINES);
  const shown = model.events.shown.value;
  return (
    <section class="by-map" aria-labelledby="preview-title">
      <Sides seen={seenLegs(shown, map)} set={model.setLeg} />
      <Finals seen={seenFinals(shown, map)} set={model.setFinal} />
      <h2 id="preview-title">{words('inspectorPreview')}</h2>
      <p class="hint" role="status" data-lines={givers.length} data-of={reads.length}>
        {words('inspectorCount', givers.length, reads.length)}
      </p>
      <ol>
        {lines.map((line, at) => (
          <li key={at} data-leg={line.leg} data-final={line.final}>
            <span class="who">{line.speaker ?? words(legWords[line.leg])}</span>
            <bdi>{line.text}</bdi>
          </li>
        ))}
      </ol>
    </section>
  );
}

type SidesProps = { seen: readonly SeenLeg[]; set(value: string, leg: 'caller' | 'callee'): void };

function Sides({ seen, set }: SidesProps): JSX.Element | null {
  if (seen.length === 0) return null;
  return (
    <Meanings title={words('inspectorSides')}>
      {seen.map(({ value, leg }) => (
        <Meaning
          key={value}
          kind="leg"
          value={value}
          options={(['caller', 'callee'] as const).map((side) => ({
            name: side,
            label: words(legWords[side]),
            isChosen: leg === side,
            choose: () => set(value, side),
          }))}
        />
      ))}
    </Meanings>
  );
}

type FinalsProps = { seen: readonly SeenFinal[]; set(value: string, isFinal: boolean): void };

function Finals({ seen, set }: FinalsProps): JSX.Element | null {
  if (seen.length === 0) return null;
  return (
    <Meanings title={words('inspectorFinals')}>
      {seen.map(({ value, isFinal }) => (
        <Meaning
          key={value}
          kind="final"
          value={value}
          options={[true, false].map((yes) => ({
            name: yes ? 'yes' : 'no',
            label: words(yes ? 'inspectorIsFinal' : 'inspectorIsInterim'),
            isChosen: isFinal === yes,
            choose: () => set(value, yes),
          }))}
        />
      ))}
    </Meanings>
  );
}

function Meanings({ title, children }: { title: string; children: JSX.Element[] }): JSX.Element {
  return (
    <div class="meanings">
      <h3>{title}</h3>
      {children}
    </div>
  );
}

type MeaningProps = {
  kind: 'leg' | 'final';
  value: string;
  options: readonly { name: string; label: string; isChosen: boolean; choose(): void }[];
};

function Meaning({ kind, value, options }: MeaningProps): JSX.Element {
  return (
    <fieldset class="choice" data-meaning={kind} data-value={value}>
      <legend>
        <bdi>{value}</bdi>
      </legend>
      <div class="options">
        {options.map(({ name, label, isChosen, choose }) => (
          <label key={name} class="option">
            <input type="radio" name={`${kind} ${value}`} value={name} checked={isChosen} onChange={choose} />
            <span class="face">{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
