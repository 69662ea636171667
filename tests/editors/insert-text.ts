/**
 * Asks for an insertion as the sidebar does, over a port of its own that is opened in the sidebar's frame: the page
 * shows no call, so there is no line to press a button at.
 */
import type { Frame } from 'puppeteer-core';
import type { InsertOutcome } from '../../utils/messaging/insertion.ts';

/** An insertion waits for the editor and looks at it again; 100,000 characters take their time. */
const ANSWER_MS = 30_000;
const TARGET_MS = 15_000;
const POLL_MS = 25;

type Told = {
  port: chrome.runtime.Port;
  /** The target told last. */
  targetId: string | undefined;
  /** Targets that were waited for before. */
  taken: string | undefined;
  asked: number;
  answers: Map<string, InsertOutcome>;
};

declare global {
  interface Window {
    editorLab?: Told;
  }
}

/** To be called once in a sidebar, before what follows. */
export async function listenForTargets(sidebar: Frame): Promise<void> {
  await sidebar.evaluate(() => {
    const told: Omit<Told, 'port'> = { targetId: undefined, taken: undefined, asked: 0, answers: new Map() };

    function connect(): chrome.runtime.Port {
      const port = chrome.runtime.connect({ name: 'sidebar' });
      port.onMessage.addListener(({ message }) => {
        if (message.type === 'target') lab.targetId = message.target?.id;
        if (message.type === 'inserted') lab.answers.set(message.request, message.outcome);
      });
      // The background is ended when it is idle, and starts again with the next connection.
      port.onDisconnect.addListener(() => {
        lab.port = connect();
      });
      return port;
    }

    const lab: Told = { ...told, port: undefined as unknown as chrome.runtime.Port };
    window.editorLab = lab;
    lab.port = connect();
  });
}

/** Waits until another editor than the one before is the target; `false`: none became it. */
export async function waitForTarget(sidebar: Frame): Promise<boolean> {
  try {
    await sidebar.waitForFunction(
      () => {
        const lab = window.editorLab;
        if (lab?.targetId === undefined || lab.targetId === lab.taken) return false;
        lab.taken = lab.targetId;
        return true;
      },
      { timeout: TARGET_MS, polling: POLL_MS },
    );
    return true;
  } catch {
    return false;
  }
}

/** Puts a text into the target that was waited for. */
export async function insertText(sidebar: Frame, text: string, ownLine: boolean): Promise<InsertOutcome> {
  const message = { type: 'insert', text, ownLine };
  const request = await sidebar.evaluate((asked) => {
    const lab = window.editorLab;
    if (lab?.taken === undefined) throw new Error('No target was waited for.');
    lab.asked += 1;
    const id = `lab-${lab.asked}`;
    lab.port.postMessage({ ...asked, request: id, targetId: lab.taken });
    return id;
  }, message);
  const answer = await sidebar.waitForFunction(
    (id) => window.editorLab?.answers.get(id) ?? false,
    {
      timeout: ANSWER_MS,
      polling: POLL_MS,
    },
    request,
  );
  return (await answer.jsonValue()) as InsertOutcome;
}
