/** How this machine's keyboard names its keys. */

const isMac = /Mac/.test(navigator.platform);

export const commandKey = isMac ? '⌘' : 'Ctrl';
/** The keys that paste. */
export const pasteKeys = isMac ? '⌘V' : 'Ctrl+V';
