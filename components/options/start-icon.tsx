/** The last step: where the icon is, and whether the sidebar and the first line have come. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { engine } from '../../utils/browser/engine.ts';
import { words } from '../../utils/browser/runtime.ts';
import { useOptions } from './options-desk.ts';
import { ToolbarDrawing } from './start-drawing.tsx';
import { StartStep } from './start-step.tsx';

export function StartIcon(): JSX.Element {
  const { start, openLine } = useOptions();
  useEffect(
    () =>
      whileVisible(document, () => {
        const line = openLine((message) => {
          if (message.type !== 'progress') return;
          if (message.sidebars > 0) start.mark({ opened: true });
          if (message.lines > 0) start.mark({ heard: true });
        });
        return line.close;
      }),
    [],
  );
  const { opened, heard } = start.record.value;
  const done = heard ? words('startIconHeard') : words('startIconDone');
  return (
    <StartStep id="icon" number={4} title="startIcon" done={opened ? done : undefined}>
      <p class="hint">{words('startIconHint')}</p>
      <ToolbarDrawing engine={engine} />
      <p class="hint">{words(engine === 'firefox' ? 'startPinFirefox' : 'startPinChromium')}</p>
    </StartStep>
  );
}

/** A tab that nobody looks at does not keep the background awake. `begin` returns the undoing, and so does this. */
function whileVisible(document: Document, begin: () => () => void): () => void {
  let end: (() => void) | undefined;
  const look = () => {
    const isVisible = document.visibilityState === 'visible';
    if (isVisible && end === undefined) end = begin();
    if (isVisible) return;
    end?.();
    end = undefined;
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    end?.();
  };
}
