/** Asks the background for a paste in the page's own world, and waits for its answer. */

export type PagePasteRequest = {
  /** `false` where none could be made, or no answer came. */
  ask(request: string, text: string): Promise<boolean>;
  answered(request: string, isDone: boolean): void;
};

export type PagePasteDeps = {
  post(message: { type: 'paste-in-page'; request: string; text: string }): void;
  setTimer(run: () => void, ms: number): unknown;
};

const ANSWERED_WITHIN_MS = 2_000;

export function createPagePasteRequest({ post, setTimer }: PagePasteDeps): PagePasteRequest {
  const waiting = new Map<string, (isDone: boolean) => void>();

  function answered(request: string, isDone: boolean): void {
    waiting.get(request)?.(isDone);
    waiting.delete(request);
  }

  return {
    ask(request, text) {
      return new Promise((resolve) => {
        waiting.set(request, resolve);
        setTimer(() => answered(request, false), ANSWERED_WITHIN_MS);
        post({ type: 'paste-in-page', request, text });
      });
    },
    answered,
  };
}
