/** What the background and the overlay in a tab say to each other. */
import * as v from 'valibot';
import { MAX_WIDTH_PX, MIN_WIDTH_PX } from '../settings/width.ts';
import { insertion, insertOutcome, insertTarget, insertText, requestId } from './insertion.ts';
import { pageRecord } from './surface.ts';

export const toOverlay = v.variant('type', [
  /** Answered `true` where an overlay is up: then nothing is injected again. */
  v.object({ type: v.literal('overlay:probe') }),
  v.object({ type: v.literal('overlay:remove') }),
]);

/** Where the overlay lies. */
const layout = v.object({
  side: v.picklist(['left', 'right']),
  /** CSS pixels. */
  width: v.pipe(v.number(), v.minValue(MIN_WIDTH_PX), v.maxValue(MAX_WIDTH_PX)),
  room: v.picklist(['push', 'over']),
  /** Shrunk to a pill in the lower corner of its side. */
  collapsed: v.boolean(),
});

/** What the overlay itself says in the agent's language, on and around the frame. */
const overlayWords = v.object({
  title: v.string(),
  refused: v.string(),
  openWindow: v.string(),
  help: v.string(),
  updated: v.string(),
});

/** Over the port. */
export const toOverlayPort = v.variant('type', [
  /**
   * Sent before anything else: a page that asked the browser for them would stand still for several milliseconds, and
   * could not ask any more once the extension is gone.
   */
  v.object({ type: v.literal('overlay:words'), words: overlayWords }),
  /** Sent then, or else `overlay:serve`, and whenever it changes. */
  v.object({ type: v.literal('overlay:layout'), layout }),
  /** Nothing is to be seen in this page: its script serves a sidebar that stands elsewhere. */
  v.object({ type: v.literal('overlay:serve') }),
  /** The sidebar in the overlay's frame runs: the page let it in. */
  v.object({ type: v.literal('overlay:framed') }),
  /** Answered by `inserted`. */
  v.object({ type: v.literal('overlay:insert'), ...insertion }),
  /** The answer to `paste-in-page`: the page's own world was given the paste, or `false`: it could not be reached. */
  v.object({ type: v.literal('overlay:pasted'), request: requestId, done: v.boolean() }),
]);

export const fromOverlay = v.variant('type', [
  /** What the page shows, at first and whenever it changes. */
  v.object({ type: v.literal('page'), page: pageRecord }),
  /** The page lets no frame in, and the agent asked for a window instead. */
  v.object({ type: v.literal('open-window') }),
  /** It lets no frame in, and the agent asked what to do. */
  v.object({ type: v.literal('open-help') }),
  /** At first and whenever it changes. */
  v.object({ type: v.literal('target'), target: v.optional(insertTarget) }),
  v.object({ type: v.literal('inserted'), request: requestId, outcome: insertOutcome }),
  /**
   * Firefox empties a paste that is made in a content script's own world: the background makes it in the page's, in
   * the element that has the focus.
   */
  v.object({ type: v.literal('paste-in-page'), request: requestId, text: insertText }),
]);

export type ToOverlay = v.InferOutput<typeof toOverlay>;
export type OverlayWords = v.InferOutput<typeof overlayWords>;
export type Layout = v.InferOutput<typeof layout>;
export type ToOverlayPort = v.InferOutput<typeof toOverlayPort>;
export type FromOverlay = v.InferOutput<typeof fromOverlay>;
