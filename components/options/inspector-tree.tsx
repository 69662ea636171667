/** An event's values, each a button that asks what it is. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { type FieldPath, mappableFields } from '../../utils/transcript/field-map.ts';
import { MenuButton, MenuChoice, MenuSwitch } from '../sidebar/menu.tsx';
import type { InspectorModel } from './inspector-model.ts';
import { fieldsAt, isInList, isSamePath, type JsonNode, throughEveryItem, treeOf } from './json-tree.ts';
import { fieldWords } from './mapped-fields.ts';

/** Of a value, until more of it is asked for. */
const MAX_SHOWN = 160;

export function EventTree({ model, event }: { model: InspectorModel; event: unknown }): JSX.Element {
  const tree = useMemo(() => treeOf(event), [event]);
  return (
    <div class="tree" dir="ltr">
      <Content model={model} node={tree} />
    </div>
  );
}

function Content({ model, node }: { model: InspectorModel; node: JsonNode }): JSX.Element {
  const { content, path } = node;
  if (content.kind === 'value') return <Value model={model} path={path} value={content.value} />;
  return (
    <ul>
      {content.children.map((child) => {
        const key = child.path.at(-1);
        return (
          <li key={key} class={child.content.kind === 'value' ? 'leaf' : undefined}>
            <span class="key" dir="auto">
              {typeof key === 'number' ? `[${key}]` : key}
            </span>
            {child.content.kind !== 'value' && child.content.fromText ? <span class="hint">JSON</span> : null}
            <Content model={model} node={child} />
          </li>
        );
      })}
      {content.hidden === 0 ? null : <li class="hint">{words('inspectorHidden', content.hidden)}</li>}
    </ul>
  );
}

type ValueProps = { model: InspectorModel; path: FieldPath; value: string | number | boolean | null };

function Value({ model, path, value }: ValueProps): JSX.Element {
  const isWhole = useSignal(false);
  const text = value === '' ? '""' : String(value);
  const isCut = text.length > MAX_SHOWN && !isWhole.value;
  const shown = isCut ? `${text.slice(0, MAX_SHOWN).toWellFormed()}…` : text;
  const face = <bdi class={value === null ? 'none' : typeof value}>{shown}</bdi>;
  // An event that is nothing but words has no place to name.
  if (path.length === 0 || value === null) return face;
  return (
    <span class="value" data-path={path.join('.')}>
      <MenuButton
        label={words('inspectorThisIs', `${path.at(-1)}: ${shown}`)}
        class="ask"
        face={face}
        content={(close) => <FieldMenu model={model} path={path} close={close} />}
      />
      {isCut ? (
        <button
          class="plain"
          type="button"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          {words('inspectorMore')}
        </button>
      ) : null}
      {fieldsAt(path, model.map.value).map((field) => (
        <span key={field} class="tag" data-field={field}>
          {words(fieldWords[field])}
        </span>
      ))}
    </span>
  );
}

type FieldMenuProps = { model: InspectorModel; path: FieldPath; close(): void };

function FieldMenu({ model, path, close }: FieldMenuProps): JSX.Element {
  const { paths } = model.map.value;
  const isOneMapped = mappableFields.some((field) => isSamePath(paths[field], path));
  const reach = useSignal<'every' | 'one'>(isOneMapped ? 'one' : 'every');
  const wanted = reach.value === 'every' ? throughEveryItem(path) : path;
  return (
    <>
      {isInList(path) ? (
        <MenuChoice
          label="inspectorFromList"
          options={[
            { value: 'every', label: 'inspectorEveryItem' },
            { value: 'one', label: 'inspectorOneItem' },
          ]}
          value={reach.value}
          choose={(chosen) => {
            reach.value = chosen;
          }}
        />
      ) : null}
      <span class="hint" aria-hidden="true">
        {words('inspectorThisIs', '')}
      </span>
      {mappableFields.map((field) => {
        const isMapped = isSamePath(paths[field], wanted);
        return (
          <MenuSwitch
            key={field}
            label={words(fieldWords[field])}
            checked={isMapped}
            run={() => {
              model.setPath(field, isMapped ? undefined : wanted);
              close();
            }}
          />
        );
      })}
    </>
  );
}
