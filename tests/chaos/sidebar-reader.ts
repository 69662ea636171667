/** What stands on screen in the sidebar, as an agent would read it. */
import type { Frame } from 'puppeteer-core';
import { pickCall } from '../../demo/launcher/agent-walk.ts';
import type { Row } from './audit.ts';
import { sleep, waitUntil } from './patience.ts';

const CHOOSING_MS = 10_000;
const STILL_MS = 300;

/** Whether relay and platform are both up, as the sidebar sees them. */
export async function isConnected(sidebar: Frame): Promise<boolean> {
  return (await sidebar.$('.app[data-connection="connected"][data-platform="up"]')) !== null;
}

/** What the sidebar says of its connections, for who looks for the cause. */
export function connectionWords(sidebar: Frame): Promise<string> {
  return sidebar.$eval('.app', ({ textContent, attributes }) => {
    const states = [...attributes].filter(({ name }) => name.startsWith('data-'));
    return `${states.map(({ name, value }) => `${name}=${value}`).join(' ')}: ${(textContent ?? '').slice(0, 150)}`;
  });
}

/** Lines and gaps of a call, from the top; none where the sidebar does not know the call. */
export async function readCall(sidebar: Frame, callId: string): Promise<Row[]> {
  if (!(await showCall(sidebar, callId))) return [];
  let rows = await readRows(sidebar, callId);
  for (;;) {
    await sleep(STILL_MS);
    const again = await readRows(sidebar, callId);
    if (again.length === rows.length) return again;
    rows = again;
  }
}

/** Whether the last line of a call begins with these words. */
export async function endsWith(sidebar: Frame, callId: string, words: string): Promise<boolean> {
  if (!(await showCall(sidebar, callId))) return false;
  return sidebar.evaluate(
    (wanted) => [...document.querySelectorAll('[data-line]')].at(-1)?.textContent.startsWith(wanted) === true,
    words,
  );
}

async function showCall(sidebar: Frame, callId: string): Promise<boolean> {
  const isListed = (await isShown(sidebar, callId)) || (await pickCall(sidebar, callId));
  return waitUntil(() => isShown(sidebar, callId), isListed ? CHOOSING_MS : 1_000);
}

function isShown(sidebar: Frame, callId: string): Promise<boolean> {
  return sidebar.evaluate(
    (id) => document.querySelector('[data-line]')?.getAttribute('data-call') === id,
    callId,
  );
}

function readRows(sidebar: Frame, callId: string): Promise<Row[]> {
  return sidebar.$$eval(
    '[data-transcript] :is([data-line], [data-gap])',
    (elements, id) =>
      elements
        .filter((element) => element.matches('[data-gap]') || element.getAttribute('data-call') === id)
        .map((element) =>
          element.matches('[data-gap]')
            ? ({ kind: 'gap' } as const)
            : ({ kind: 'line', text: element.textContent ?? '' } as const),
        ),
    callId,
  );
}
