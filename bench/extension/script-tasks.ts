/**
 * What a content script has cost the page's main thread, from a trace of the browser: its own work, and the tasks in
 * which it ran, with everything the browser did for it there. Processor time, as the trace tells it.
 */
import * as v from 'valibot';

/** Of `page.tracing`: `toplevel` has the tasks, the others what ran in them; `navigation` has the frame. */
export const SCRIPT_CATEGORIES = ['toplevel', 'devtools.timeline', 'v8', 'navigation'];

const TASK = 'ThreadControllerImpl::RunTask';
const FRAME = 'HTMLFrameOwnerElement::LoadOrRedirectSubframe';
const US_A_MS = 1_000;

/** https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU: times in µs, `tdur` of the thread. */
const traceEvent = v.object({
  name: v.string(),
  pid: v.number(),
  tid: v.number(),
  ts: v.number(),
  dur: v.number(),
  tdur: v.optional(v.number(), 0),
  args: v.object({
    /** Of a function's call and of a script's evaluation. */
    data: v.optional(v.object({ url: v.optional(v.string()) })),
    /** Of whatever V8 runs; a world's number is its process's own. */
    fileName: v.optional(v.string()),
    worldId: v.optional(v.number()),
  }),
});
type TraceEvent = v.InferOutput<typeof traceEvent>;

const trace = v.object({ traceEvents: v.array(v.unknown()) });

export type ScriptCost = {
  /** Ms in the script, without those of the frame. */
  scriptMs: number;
  /** Ms in which the browser made the frame that the script puts into the page. */
  frameMs: number;
  /** Ms in the tasks that ran it. */
  tasksMs: number;
};

/** `file`: how the address of the script ends whose world is meant. Throws where it never ran. */
export function scriptCost(raw: unknown, file: string): ScriptCost {
  const events = v
    .parse(trace, raw)
    .traceEvents.map((event) => v.safeParse(traceEvent, event))
    .flatMap((read) => (read.success ? [read.output] : []));
  const started = events.find(({ args }) => args.fileName?.endsWith(file) && args.worldId !== undefined);
  if (started === undefined) throw new Error(`${file} did not run while it was watched`);
  const onThread = events.filter(({ pid, tid }) => pid === started.pid && tid === started.tid);
  const ours = onThread.filter(
    ({ args }) => args.worldId === started.args.worldId || args.data?.url?.endsWith(file),
  );
  const tasks = onThread
    .filter(({ name }) => name === TASK)
    .filter((task) => ours.some((one) => isWithin(one, task)));
  const outermost = ours.filter((one) => !ours.some((other) => other.dur > one.dur && isWithin(one, other)));
  const frames = onThread
    .filter(({ name }) => name === FRAME)
    .filter((frame) => ours.some((one) => isWithin(frame, one)));
  const frameMs = threadMs(frames);
  return { scriptMs: threadMs(outermost) - frameMs, frameMs, tasksMs: threadMs(tasks) };
}

function isWithin(inner: TraceEvent, outer: TraceEvent): boolean {
  return inner.ts >= outer.ts && inner.ts + inner.dur <= outer.ts + outer.dur;
}

function threadMs(events: readonly TraceEvent[]): number {
  return events.reduce((sum, { tdur }) => sum + tdur, 0) / US_A_MS;
}
