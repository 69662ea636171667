/** Notices what happens in the page, also after it has written itself anew and erased every listener. */

export type PageWatchDeps = {
  window: Window & typeof globalThis;
  /** Something in the page changed; `records` is empty where it is not known what. */
  mutated(records: readonly MutationRecord[]): void;
  focused(path: readonly EventTarget[]): void;
  /** The page may have gone to another address. */
  navigated(): void;
  /** The tab is shown again. */
  shown(): void;
  /** The page comes back from the browser's cache, where it lost its ports. */
  restored(): void;
  beat(): void;
};

export type PageWatch = {
  /** Watches inside this open shadow root too. */
  include(root: Node): void;
  stop(): void;
};

const BEAT_MS = 1_000;
const WITHIN: MutationObserverInit = {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: ['open'],
};
const ROOT: MutationObserverInit = { attributeFilter: ['style'] };

export function watchPage(deps: PageWatchDeps): PageWatch {
  const { window } = deps;
  const { document } = window;
  let listening = new AbortController();
  let known: Element | undefined;

  const observer = new MutationObserver((records) => {
    renewListeners();
    deps.mutated(records);
  });
  observer.observe(document, WITHIN);
  renewListeners();
  const timer = window.setInterval(deps.beat, BEAT_MS);

  /** `document.open()` erases the listeners of document and window, and leaves a new root element behind. */
  function renewListeners(): void {
    const root: Element | null = document.documentElement;
    if (root === null || root === known) return;
    known = root;
    observer.observe(root, ROOT);
    listening.abort();
    listening = new AbortController();
    listen(listening.signal);
  }

  function listen(signal: AbortSignal): void {
    /** What the page dispatches itself is no news of the browser. */
    const on = (target: EventTarget, name: string, run: (event: Event) => void) => {
      const take = (event: Event) => {
        if (event.isTrusted) run(event);
      };
      target.addEventListener(name, take, { signal, capture: true, passive: true });
    };
    on(document, 'fullscreenchange', () => deps.mutated([]));
    on(document, 'focusin', (event) => deps.focused(event.composedPath()));
    on(document, 'visibilitychange', () => {
      if (document.visibilityState === 'visible') deps.shown();
    });
    on(window, 'popstate', deps.navigated);
    on(window, 'hashchange', deps.navigated);
    on(window, 'pageshow', (event) => {
      if (event instanceof PageTransitionEvent && event.persisted) deps.restored();
    });
  }

  return {
    include: (root) => observer.observe(root, WITHIN),
    stop() {
      observer.disconnect();
      listening.abort();
      window.clearInterval(timer);
    },
  };
}
