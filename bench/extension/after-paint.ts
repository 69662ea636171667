/**
 * In a page or a frame: what to do in the first task after the frame that shows what has just changed, whether that
 * was before or within the frame. A resize observer that is begun anew is told within that very frame.
 */

/** As `benchAfterPaint` of the global object, where it was installed. */
export type AfterPaint = (run: () => void) => void;

/** Runs in the page, and may use nothing from outside; as often as one likes. */
export function installAfterPaint(): void {
  if (Reflect.has(globalThis, 'benchAfterPaint')) return;
  const probe = document.createElement('i');
  probe.style.cssText = 'position:fixed;top:0;left:0;width:1px;height:1px;pointer-events:none';
  let waiting: (() => void)[] = [];
  let painted: (() => void)[] = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const runs = painted;
    painted = [];
    for (const run of runs) run();
  };
  const inFrame = new ResizeObserver(() => {
    painted = [...painted, ...waiting];
    waiting = [];
    channel.port2.postMessage(undefined);
  });
  const afterPaint: AfterPaint = (run) => {
    waiting.push(run);
    if (!probe.isConnected) document.documentElement.append(probe);
    inFrame.unobserve(probe);
    inFrame.observe(probe);
  };
  Object.assign(globalThis, { benchAfterPaint: afterPaint });
}
