/** The settings page: its parts beside it, and the view its address names. */
import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Inspector } from './inspector.tsx';
import { useOptions } from './options-desk.ts';
import { OptionsNav } from './options-nav.tsx';
import { type Place, placeOf, type SectionId } from './options-place.ts';
import { SavingStatus } from './saving-status.tsx';
import { SettingsView } from './settings-view.tsx';
import { StartView } from './start-view.tsx';

export function OptionsPage(): JSX.Element {
  const { editor } = useOptions();
  const place = useSignal(placeOf(location.hash));
  const read = useSignal<SectionId | undefined>(undefined);
  const main = useRef<HTMLElement>(null);

  useEffect(() => {
    const go = () => {
      const next = placeOf(location.hash);
      const isOther = next.view !== place.peek().view;
      place.value = next;
      // Another view begins at its top, for the eye and for the keyboard.
      if (isOther) {
        scrollTo(0, 0);
        main.current?.focus({ preventScroll: true });
      }
    };
    addEventListener('hashchange', go);
    return () => removeEventListener('hashchange', go);
  }, []);

  const { view } = place.value;
  return (
    <div class="page">
      <OptionsNav current={view === 'settings' ? read.value : view} />
      <main ref={main} tabIndex={-1} data-view={view}>
        <View place={place.value} read={read} />
        <SavingStatus editor={editor} />
      </main>
    </div>
  );
}

type ViewProps = { place: Place; read: Signal<SectionId | undefined> };

function View({ place, read }: ViewProps): JSX.Element {
  switch (place.view) {
    case 'settings':
      return <SettingsView place={place} read={read} />;
    case 'start':
      return <StartView />;
    case 'inspector':
      return <Inspector />;
  }
}
