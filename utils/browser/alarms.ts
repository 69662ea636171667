/** What wakes a background that has died: for its connections, and to forget what has been kept for long enough. */
import browser from 'webextension-polyfill';

const SESSION = 'session';
const FORGET = 'forget';
/** The shortest period browsers grant. */
const PERIOD_MINUTES = 0.5;

/** To be woken is all that the connections need: the background connects whenever it starts. */
export function onForgetAlarm(listener: () => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === FORGET) listener();
  });
}

/** The net under a worker that died in spite of everything. Created anew at each start, since browsers may forget alarms. */
export async function setAlarm(wanted: boolean): Promise<void> {
  if (wanted) browser.alarms.create(SESSION, { periodInMinutes: PERIOD_MINUTES });
  else await browser.alarms.clear(SESSION);
}

/** `whenMs`: since 1970; `undefined` where there is nothing to forget. */
export async function setForgetAlarm(whenMs: number | undefined): Promise<void> {
  if (whenMs === undefined) await browser.alarms.clear(FORGET);
  else browser.alarms.create(FORGET, { when: whenMs });
}
