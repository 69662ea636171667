/** The map as a whole: whose holds, and keeping, dropping, giving away and taking over. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { InspectorModel, MapOwner } from './inspector-model.ts';
import { MapExport, MapImport } from './inspector-share.tsx';

const ownerWords: Record<MapOwner, MessageKey> = {
  none: 'inspectorMapNone',
  own: 'inspectorMapOwn',
  relay: 'inspectorMapRelay',
};

type MapCardProps = {
  model: InspectorModel;
  /** The relays, and with them their maps, are set by the administrator. */
  isLocked: boolean;
};

export function MapCard({ model, isLocked }: MapCardProps): JSX.Element {
  const open = useSignal<'export' | 'import' | undefined>(undefined);
  const isChanged = model.isChanged.value;
  const owner = model.owner.value;
  const hasPaths = Object.keys(model.map.value.paths).length > 0;
  const toggle = (part: 'export' | 'import') => {
    open.value = open.peek() === part ? undefined : part;
  };
  return (
    <section class="map" aria-labelledby="map-title">
      <h2 id="map-title">{words('inspectorMap')}</h2>
      <p role="status" data-owner={owner} data-changed={isChanged} data-saving={model.saving.value}>
        {words(statusWords(model))}
      </p>
      {isLocked ? <p class="hint">{words('inspectorLocked')}</p> : null}
      <div class="buttons">
        {isLocked ? null : (
          <button
            class="primary"
            type="button"
            id="save-map"
            disabled={!isChanged}
            onClick={() => void model.save()}
          >
            {words('inspectorSave')}
          </button>
        )}
        <button class="secondary" type="button" id="undo-map" disabled={!isChanged} onClick={model.undo}>
          {words('inspectorUndo')}
        </button>
        {owner === 'own' && !isLocked ? (
          <button class="secondary" type="button" id="forget-map" onClick={() => void model.forget()}>
            {words('inspectorForget')}
          </button>
        ) : null}
      </div>
      <div class="buttons">
        <button
          class="secondary"
          type="button"
          id="export-map"
          disabled={!hasPaths}
          aria-expanded={open.value === 'export'}
          onClick={() => toggle('export')}
        >
          {words('inspectorExport')}
        </button>
        <button
          class="secondary"
          type="button"
          id="import-map"
          aria-expanded={open.value === 'import'}
          onClick={() => toggle('import')}
        >
          {words('inspectorImport')}
        </button>
      </div>
      {open.value === 'export' && hasPaths ? <MapExport map={model.map.value} /> : null}
      {open.value === 'import' ? (
        <MapImport
          take={(map) => {
            model.replace(map);
            open.value = undefined;
          }}
        />
      ) : null}
    </section>
  );
}

function statusWords(model: InspectorModel): MessageKey {
  if (model.saving.value === 'failed') return 'changesNotSaved';
  if (model.isChanged.value) return 'inspectorMapChanged';
  return model.saving.value === 'saved' && model.owner.value === 'own'
    ? 'inspectorMapSaved'
    : ownerWords[model.owner.value];
}
