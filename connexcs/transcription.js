/*
 * Earshot: sends every live transcription event of this account to the relay that is connected.
 *
 * How to install it:
 * 1. Management > Customer > Route: open the route you want to transcribe, enable the Transcription toggle and save.
 * 2. IDE > Script Forge: click +Add Script. In the script settings, change the App Type dropdown to App+.
 *    Paste this file and save.
 * 3. Copy the numeric script ID visible in the URL and script list (such as 10141).
 * 4. Setup > Integrations > JWT Keys: generate or copy a key with type set to Access Token.
 * The relay needs the script ID and the token. Keep the token secret: whoever holds it receives every call.
 *
 * What is said on the phone is passed on and never logged.
 */
import { subscribe } from 'cxPubSub';
import * as socket from 'cxWebSocket';

/** The relay sends nothing. What a client sends all the same is dropped unread. */
export async function onData() {}

export async function main() {
  const startedAtMs = Date.now();
  let received = 0;
  let failed = 0;

  const fail = (error) => {
    failed += 1;
    if (failed === 1) console.log(`earshot: an event could not be sent (${nameOf(error)})`);
  };

  // An error thrown in here could end the subscription: nothing may leave.
  const forward = (event) => {
    received += 1;
    try {
      const sent = socket.send(toFrame(event));
      if (sent && typeof sent.then === 'function') sent.then(undefined, fail);
    } catch (error) {
      fail(error);
    }
  };

  const subscription = subscribe('transcription', '*', forward);
  console.log('earshot: client connected');
  try {
    // Keeps the script alive until the client disconnects.
    await socket.waitForClose();
  } finally {
    const seconds = Math.round((Date.now() - startedAtMs) / 1000);
    console.log(`earshot: client disconnected after ${seconds} s, ${received} events, ${failed} failed`);
    await end(subscription);
  }
}

/** What `send` does with an object is not documented, with a string it is plain: so objects go out as JSON. */
function toFrame(event) {
  if (typeof event === 'string' || ArrayBuffer.isView(event) || event instanceof ArrayBuffer) return event;
  const json = JSON.stringify(event);
  if (json === undefined) throw new TypeError('not an event');
  return json;
}

/** Whether a subscription can be ended, and how, is not documented: the usual ways are tried. */
async function end(subscription) {
  try {
    if (typeof subscription === 'function') await subscription();
    else if (subscription && typeof subscription.unsubscribe === 'function') await subscription.unsubscribe();
    else if (subscription && typeof subscription.close === 'function') await subscription.close();
  } catch (error) {
    console.log(`earshot: the subscription could not be ended (${nameOf(error)})`);
  }
}

/** An error's message may quote what it failed on, so only its name is logged. */
function nameOf(error) {
  return error instanceof Error ? error.name : typeof error;
}
