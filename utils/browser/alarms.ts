/** The one alarm: the net under a worker that died in spite of everything. */
import browser from 'webextension-polyfill';

const NAME = 'session';
/** The shortest period browsers grant. */
const PERIOD_MINUTES = 0.5;

/** Waking for the alarm is all that is needed: the background connects whenever it starts. */
export function onAlarm(listener: () => void): void {
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === NAME) listener();
  });
}

/** Created anew at each start, since browsers may forget alarms. */
export async function setAlarm(wanted: boolean): Promise<void> {
  if (wanted) browser.alarms.create(NAME, { periodInMinutes: PERIOD_MINUTES });
  else await browser.alarms.clear(NAME);
}
