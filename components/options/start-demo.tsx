/** The first step: a real sidebar, in the page, with the demo call in it. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import { useOptions } from './options-desk.ts';
import { StartStep } from './start-step.tsx';

export function StartDemo(): JSX.Element {
  const { start } = useOptions();
  const isPlaying = useSignal(false);
  const frame = useRef<HTMLIFrameElement>(null);
  // The button that was pressed is gone: the focus goes on to what it began.
  useLayoutEffect(() => frame.current?.focus({ preventScroll: true }), [isPlaying.value]);
  return (
    <StartStep
      id="see"
      number={1}
      title="startSee"
      done={start.record.value.played ? words('startSeeDone') : undefined}
    >
      <p class="hint">{words('startSeeHint')}</p>
      <div class="stage">
        {isPlaying.value ? (
          <iframe
            ref={frame}
            title={words('startSeeFrame')}
            src="sidebar.html?surface=preview"
            onLoad={() => start.mark({ played: true })}
          />
        ) : (
          <button
            class="primary"
            id="play"
            type="button"
            onClick={() => {
              isPlaying.value = true;
            }}
          >
            {words('demoPlay')}
          </button>
        )}
      </div>
    </StartStep>
  );
}
