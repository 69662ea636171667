/** The messages to the script in a page. */
import { toOverlay, toOverlayPort } from '../../utils/messaging/overlay-messages.ts';
import { shapeOf } from '../shape-of.ts';

export const toOverlayShape = shapeOf(toOverlay);
export const toOverlayPortShape = shapeOf(toOverlayPort);
