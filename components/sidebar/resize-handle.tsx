/** The overlay's inner edge: dragged by mouse or moved by keys, it sets the width. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { decodePreferences } from '../../utils/settings/preferences.ts';
import { clampWidth, MAX_WIDTH_PX, MIN_WIDTH_PX } from '../../utils/settings/width.ts';
import { useDesk } from './context.ts';

const STEP_PX = 16;

export function ResizeHandle(): JSX.Element {
  const { preferences, prefer, say } = useDesk();
  const { side, width } = preferences.value;
  const dragged = useSignal<number | undefined>(undefined);
  const outward = side === 'right' ? -1 : 1;

  function resize(next: number): void {
    const bounded = clampWidth(next);
    dragged.value = bounded;
    say({ type: 'resize', width: bounded });
  }

  function keep(next: number): void {
    resize(next);
    prefer({ width: dragged.peek() ?? width });
    dragged.value = undefined;
  }

  /** The edge moves under the pointer, so only the screen's coordinates tell how far it went. */
  function drag(event: PointerEvent): void {
    const handle = event.currentTarget;
    if (event.button !== 0 || !(handle instanceof HTMLElement)) return;
    const fromX = event.screenX;
    const end = new AbortController();
    handle.setPointerCapture(event.pointerId);
    const { signal } = end;
    handle.addEventListener('pointermove', ({ screenX }) => resize(width + (screenX - fromX) * outward), {
      signal,
    });
    for (const done of ['pointerup', 'pointercancel'] as const) {
      handle.addEventListener(
        done,
        () => {
          end.abort();
          if (dragged.peek() !== undefined) keep(dragged.peek() ?? width);
        },
        { signal },
      );
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> cannot be moved; this is the window splitter of the ARIA practices
    <div
      class={`edge ${side}`}
      role="separator"
      aria-orientation="vertical"
      aria-label={words('resize')}
      title={words('resize')}
      aria-valuemin={MIN_WIDTH_PX}
      aria-valuemax={MAX_WIDTH_PX}
      aria-valuenow={dragged.value ?? width}
      tabIndex={0}
      onPointerDown={drag}
      onDblClick={() => keep(decodePreferences(undefined).width)}
      onKeyDown={(event) => {
        const next = widthAfter(event.key, preferences.peek().width, outward);
        if (next === undefined) return;
        event.preventDefault();
        keep(next);
      }}
    />
  );
}

function widthAfter(key: string, width: number, outward: 1 | -1): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return width + STEP_PX * outward;
    case 'ArrowLeft':
      return width - STEP_PX * outward;
    case 'Home':
      return MIN_WIDTH_PX;
    case 'End':
      return MAX_WIDTH_PX;
    default:
      return undefined;
  }
}
