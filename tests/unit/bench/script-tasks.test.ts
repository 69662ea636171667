/** What a content script is charged with, read from a trace. */
import { describe, expect, test } from 'vitest';
import { scriptCost } from '../../../bench/extension/script-tasks.ts';

const URL = 'chrome-extension://abc/overlay.js';
const TASK = 'ThreadControllerImpl::RunTask';
const thread = { ph: 'X', pid: 7, tid: 1 };
const [world, pageWorld] = [5, 0];

function event(name: string, ts: number, dur: number, args: object, place: object = thread) {
  return { name, ts, dur, tdur: dur / 2, args, ...place };
}

const trace = {
  traceEvents: [
    { ...thread, ph: 'M', name: 'thread_name', ts: 0, args: { name: 'CrRendererMain' } },
    event(TASK, 0, 10_000, { src_func: 'Accept' }),
    event('EvaluateScript', 2_000, 8_000, { data: { url: URL } }),
    event('v8.run', 3_000, 6_000, { fileName: URL, worldId: world }),
    event(TASK, 20_000, 4_000, {}),
    event('v8.callFunction', 21_000, 2_000, { worldId: world }),
    event('HTMLFrameOwnerElement::LoadOrRedirectSubframe', 21_500, 1_000, {}),
    event(TASK, 30_000, 4_000, {}),
    event('v8.callFunction', 31_000, 2_000, { worldId: pageWorld }),
    event(TASK, 20_000, 4_000, {}, { ...thread, pid: 8 }),
    event('v8.callFunction', 21_000, 2_000, { worldId: world }, { ...thread, pid: 8 }),
  ],
};

describe('a content script', () => {
  test('pays for what runs in its world, once, and beside it for its frame and the tasks around both', () => {
    expect(scriptCost(trace, '/overlay.js')).toEqual({ scriptMs: 4.5, frameMs: 0.5, tasksMs: 7 });
  });

  test('that never ran is no zero', () => {
    expect(() => scriptCost({ traceEvents: trace.traceEvents.slice(0, 2) }, '/overlay.js')).toThrow(
      'did not run',
    );
  });
});
