/** Paints what a change asks for before it returns, for what goes on with the painted lines, as a scroll to one does. */
import { options } from 'preact';

export function paintNow(change: () => void): void {
  const paced = options.debounceRendering;
  let paint: (() => void) | undefined;
  options.debounceRendering = (run) => {
    paint = run;
  };
  try {
    change();
    paint?.();
  } finally {
    if (paced === undefined) delete options.debounceRendering;
    else options.debounceRendering = paced;
  }
}
