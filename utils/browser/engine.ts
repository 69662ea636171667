/**
 * Which browser this is, for what has to be done otherwise there; nobody else asks. A package is built for one kind and
 * knows it from that (`wxt build -b firefox`). Users read of the differences in docs/browsers.md.
 */
/// <reference types="vite/types/importMeta.d.ts" />
import type { Engine } from '../engine.ts';
import { native } from './native.ts';

export const engine: Engine = import.meta.env.FIREFOX === true ? 'firefox' : 'chromium';

/** Chromium's way beside the page. */
export function hasSidePanel(): boolean {
  return 'sidePanel' in native;
}

/** Firefox's way beside the page; its pages inside other pages have no part in it (seen in 153). */
export function hasSidebarAction(): boolean {
  return 'sidebarAction' in native;
}

/** `false` in Firefox's pages inside other pages (seen in 153). */
export function hasPermissions(): boolean {
  return 'permissions' in native;
}
