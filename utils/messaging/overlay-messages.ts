/** What the background says to the overlay in a tab. The overlay says nothing; it holds a port to know that we live. */
import * as v from 'valibot';

/** Opened by every overlay and never spoken on: it closes with the worker, and for good with the extension. */
export const OVERLAY_PORT = 'overlay';

export const toOverlay = v.variant('type', [
  /** Answered `true` where an overlay is up: then nothing is injected again. */
  v.object({ type: v.literal('overlay:probe') }),
  v.object({ type: v.literal('overlay:remove') }),
]);

export type ToOverlay = v.InferOutput<typeof toOverlay>;
