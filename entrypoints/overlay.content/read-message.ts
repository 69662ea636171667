/** What the background says to this script, read as its schemas say (`utils/messaging/overlay-messages.ts`). */
import { toOverlayPortShape, toOverlayShape } from '../../build/values/overlay-shapes.ts';
import type { ToOverlay, ToOverlayPort } from '../../utils/messaging/overlay-messages.ts';
import { readShape } from '../../utils/messaging/shape.ts';

/** Undefined for what is no such message. */
export function readToOverlay(raw: unknown): ToOverlay | undefined {
  return readShape(toOverlayShape, raw)?.read as ToOverlay | undefined;
}

/** Over the port. */
export function readToOverlayPort(raw: unknown): ToOverlayPort | undefined {
  return readShape(toOverlayPortShape, raw)?.read as ToOverlayPort | undefined;
}
