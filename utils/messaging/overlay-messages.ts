/** What the background says to the overlay in a tab. The overlay says nothing of its own accord. */
import * as v from 'valibot';

export const toOverlay = v.variant('type', [
  /** Answered `true` where an overlay is up: then nothing is injected again. */
  v.object({ type: v.literal('overlay:probe') }),
  v.object({ type: v.literal('overlay:remove') }),
]);

export type ToOverlay = v.InferOutput<typeof toOverlay>;
