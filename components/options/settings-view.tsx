/** All settings, one section under the other. */
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { type CurrentSection, watchCurrentSection } from './current-section.ts';
import type { Place, SectionId } from './options-place.ts';
import { sections } from './options-sections.tsx';

type SettingsViewProps = {
  /** Where the address says one is. */
  place: Place & { view: 'settings' };
  /** Told which section is being read. */
  read: Signal<SectionId | undefined>;
};

export function SettingsView({ place, read }: SettingsViewProps): JSX.Element {
  const watch = useRef<CurrentSection>(undefined);
  useEffect(() => {
    const watching = watchCurrentSection(window, read);
    watch.current = watching;
    return () => watching.stop();
  }, []);
  useEffect(() => watch.current?.goTo(place.section), [place]);
  return (
    <>
      <h1>{words('optionsTitle')}</h1>
      <p class="intro">{words('optionsIntro')}</p>
      {sections.map(({ id, Part }) => (
        <div class="place" id={id} key={id}>
          <Part />
        </div>
      ))}
    </>
  );
}
