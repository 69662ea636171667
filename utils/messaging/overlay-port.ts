/** Opened by every overlay: it closes with the worker, and for good with the extension. */
export const OVERLAY_PORT = 'overlay';
