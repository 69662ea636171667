/** Notifications, which the agent allows when they ask for the first. */
import browser from 'webextension-polyfill';

const NEEDED = { permissions: ['notifications' as const] };

/** To be called first thing in a click: Firefox refuses it after an `await`. */
export function askForNotifications(): Promise<boolean> {
  return browser.permissions.request(NEEDED);
}

export async function mayNotify(): Promise<boolean> {
  return browser.permissions.contains(NEEDED);
}

/** Shows one; nothing where it was not allowed. */
export async function notify(title: string, message: string): Promise<void> {
  if (!(await mayNotify())) return;
  await browser.notifications.create({
    type: 'basic',
    iconUrl: browser.runtime.getURL('/icon/128.png'),
    title,
    message,
  });
}
