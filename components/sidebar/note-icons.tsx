/** The note's own icons, on the 16 px grid of the others. */
import type { JSX } from 'preact';

export function GripIcon(): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M6 4v.01M10 4v.01M6 8v.01M10 8v.01M6 12v.01M10 12v.01" />
    </svg>
  );
}

export function WriteBelowIcon(): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M3 4.500h10M3 8h4M10.500 8.500v5M8 11h5" />
    </svg>
  );
}

export function RestoreIcon(): JSX.Element {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M4 3v3.500h3.500M4.200 6.500a4.600 4.600 0 1 1-.4 3.500" />
    </svg>
  );
}
