/** A browser's toolbar, drawn: where the icon is, and what pins it. The words beside it say the same. */
import type { JSX } from 'preact';
import type { Engine } from '../../utils/engine.ts';

const PUZZLE =
  'M2 5h3.200a1.800 1.800 0 1 1 3.600 0H12v3.200a1.800 1.800 0 1 1 0 3.600V15H2v-3.200a1.800 1.800 0 1 0 0-3.600z';
const PIN = 'm6 1 5 5-2.500.8-2.200 2.200-.3 2.500-5-5 2.500-.3L5.700 4zM2.800 9.200 0 12';
const GEAR =
  'M6 3.600a2.400 2.400 0 1 1 0 4.800 2.400 2.400 0 0 1 0-4.800zM6 0v2M6 10v2M0 6h2M10 6h2M1.800 1.800l1.400 1.400M8.800 8.800l1.400 1.400M10.200 1.800 8.800 3.200M3.200 8.800l-1.400 1.400';

export function ToolbarDrawing({ engine }: { engine: Engine }): JSX.Element {
  return (
    <svg class="drawing" viewBox="0 0 480 128" aria-hidden="true">
      <path class="bar" d="M8 .500h464a7.500 7.500 0 0 1 7.500 7.500v32H.500V8A7.500 7.500 0 0 1 8 .500z" />
      <rect class="field-line" x="72" y="9" width="276" height="22" rx="11" />
      <path class="ink" d="m22 15-5 5 5 5m-5-5h12M56 16a6 6 0 1 0 1.500 5.500" />
      <circle class="here" cx="374" cy="20" r="15" />
      <image href="/icon/32.png" x="366" y="12" width="16" height="16" />
      <g class="ink" transform="translate(400 11)">
        <path d={PUZZLE} />
      </g>
      <path class="ink" d="M446 14h14m-14 6h14m-14 6h14" />
      <rect class="popup" x="248" y="48" width="184" height="72" rx="8" />
      <path class="faint" d="M264 64h72m-72 40h96" />
      <rect class="row" x="256" y="72" width="168" height="24" rx="5" />
      <image href="/icon/32.png" x="264" y="76" width="16" height="16" />
      <path class="name" d="M290 84h58" />
      <g class="sign" transform="translate(400 78)">
        <path d={engine === 'firefox' ? GEAR : PIN} />
      </g>
      <path class="way" d="M408 32v40" />
    </svg>
  );
}
