/** The editor that text would go into now, and its way there. */
import { describeEditor } from '../../utils/editor/describe-editor.ts';
import { isUsable } from '../../utils/editor/editable.ts';
import { type InsertDeps, insertText, type Place } from '../../utils/editor/insert-text.ts';
import { plainText } from '../../utils/editor/plain-text.ts';
import type { Insertion, InsertOutcome, InsertTarget } from '../../utils/messaging/insertion.ts';
import { createEditorMemory } from './editor-memory.ts';

export type PageEditorsDeps = Omit<InsertDeps, 'pasteInPage'> & {
  document: Document;
  /** The editor the page's CRM names, where the agent was in none. Dear. */
  composer(): HTMLElement | undefined;
  newId(): string;
  setTimer(run: () => void, ms: number): unknown;
  /** Called at first, and whenever it is another one or is described otherwise. */
  targetChanged(target: InsertTarget | undefined): void;
  pasteInPage(request: string, text: string): Promise<boolean>;
};

export type PageEditors = {
  /** Sees what became of the target. Cheap: called once a second and at every focus. */
  look(): void;
  /** The page may have another composer now. */
  findComposer(): void;
  /** One after the other. */
  insert(insertion: Insertion): Promise<InsertOutcome>;
  stop(): void;
};

export function createPageEditors(deps: PageEditorsDeps): PageEditors {
  const { document, newId, setTimer, targetChanged } = deps;
  const memory = createEditorMemory({ document, setTimer, changed: report });
  const ids = new WeakMap<HTMLElement, string>();
  let composer: HTMLElement | undefined;
  let reported: string | undefined;
  let busy: Promise<unknown> = Promise.resolve();

  function place(): Place | undefined {
    const remembered = memory.recall();
    if (remembered !== undefined) return remembered;
    return composer !== undefined && isUsable(composer) ? { editor: composer, isKnown: false } : undefined;
  }

  function describe({ editor }: Place): InsertTarget {
    const id = ids.get(editor) ?? newId();
    ids.set(editor, id);
    return describeEditor(editor, id);
  }

  function report(): void {
    const now = place();
    const target = now === undefined ? undefined : describe(now);
    const described = JSON.stringify(target ?? null);
    if (described === reported) return;
    reported = described;
    targetChanged(target);
  }

  async function insert({ request, targetId, text, ownLine }: Insertion): Promise<InsertOutcome> {
    const now = place();
    if (now === undefined) return 'no-target';
    const target = describe(now);
    if (target.id !== targetId) return 'target-changed';
    if (target.reach === 'clipboard') return 'not-reachable';
    const pasteInPage = (pasted: string) => deps.pasteInPage(request, pasted);
    const lead = ownLine ? plainText('\n', target.lines) : '';
    return await insertText(now, plainText(text, target.lines), { ...deps, pasteInPage }, lead);
  }

  return {
    look() {
      memory.look();
      report();
    },
    findComposer() {
      composer = deps.composer();
      report();
    },
    insert(insertion) {
      const outcome = busy.then(() => insert(insertion));
      busy = outcome.catch(() => undefined);
      return outcome;
    },
    stop: memory.stop,
  };
}
