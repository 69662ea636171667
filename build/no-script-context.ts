/**
 * Takes out the context that WXT makes for every content script. Ours asks for none: its port tells it when the
 * extension goes. WXT's would be a part of the script, and would dispatch an event on the page's document that has the
 * extension's id in its name.
 */
import type { Plugin } from 'vite';

const CONTEXT = 'wxt/utils/content-script-context';
const NONE = '\0no-script-context';

export function noScriptContext(): Plugin {
  return {
    name: 'earshot:no-script-context',
    enforce: 'pre',
    resolveId: (id) => (id === CONTEXT ? NONE : null),
    load: (id) => (id === NONE ? 'export class ContentScriptContext {}' : null),
  };
}
