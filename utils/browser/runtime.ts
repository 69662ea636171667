/** The extension itself: its pages, its words, its messages. */
import type { Runtime } from 'webextension-polyfill';
import type messages from '../../public/_locales/en/messages.json';
import { native } from './native.ts';

export type MessageKey = keyof typeof messages;

/** The words for `key` in the browser's language; `values` fill `$1`, `$2`, … */
export function words(key: MessageKey, ...values: (string | number)[]): string {
  return native.i18n.getMessage(key, values.map(String));
}

/** The address of the sidebar page, as a CRM page may frame it. */
export function sidebarUrl(): string {
  return native.runtime.getURL('/sidebar.html');
}

/** `false` once the extension was updated, disabled or removed under a page that still runs its old script. */
export function isExtensionAlive(): boolean {
  try {
    return native.runtime.id !== undefined;
  } catch {
    return false;
  }
}

/** Such as `0.2.0`. */
export function ownVersion(): string {
  return native.runtime.getManifest().version;
}

/** The language the browser's interface is in, as a BCP 47 tag, for `Intl`. */
export function uiLanguage(): string {
  return native.i18n.getUILanguage();
}

/** `rtl` where the browser's interface runs from right to left. */
export function uiDirection(): 'ltr' | 'rtl' {
  return native.i18n.getMessage('@@bidi_dir') === 'rtl' ? 'rtl' : 'ltr';
}

/** A JSON file of the extension's own. */
export async function readOwnFile(path: string): Promise<unknown> {
  return (await fetch(native.runtime.getURL(path))).json();
}

export async function openOptions(): Promise<void> {
  await native.runtime.openOptionsPage();
}

/** Any API call keeps Firefox's event page alive for another 30 s; WebSocket traffic does not. */
export async function touch(): Promise<void> {
  await native.runtime.getPlatformInfo();
}

/**
 * Messages of this extension only; what `listener` returns is the answer. It answers through the callback, the one
 * form every browser takes with or without the polyfill.
 */
export function onOwnMessage(listener: (message: unknown) => boolean | undefined): () => void {
  const take = ((message: unknown, sender: Runtime.MessageSender, respond: (answer: unknown) => void) => {
    const answer = sender.id === native.runtime.id ? listener(message) : undefined;
    if (answer !== undefined) respond(answer);
  }) as Runtime.OnMessageListenerCallback;
  native.runtime.onMessage.addListener(take);
  return () => native.runtime.onMessage.removeListener(take);
}
