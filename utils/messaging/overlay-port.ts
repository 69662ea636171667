/**
 * Opened by every overlay: it closes with the worker, and for good with the extension. Apart from the messages, whose
 * schemas would come along into the page.
 */
export const OVERLAY_PORT = 'overlay';
