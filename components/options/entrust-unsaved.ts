/**
 * What is not stored yet is with the background too, which stores it where the page is gone first: a page that is
 * closed takes its own writes along in Firefox.
 */
import { effect } from '@preact/signals';
import type { Line, OpenLine } from './open-line.ts';
import type { PreferencesEditor } from './preferences-editor.ts';

export function entrustUnsaved(editor: Pick<PreferencesEditor, 'unsaved'>, openLine: OpenLine): void {
  let line: Line | undefined;
  effect(() => {
    const part = editor.unsaved.value;
    const isSaved = Object.keys(part).length === 0;
    if (isSaved && line === undefined) return;
    line ??= openLine(() => {});
    line.say({ type: 'unsaved', part });
    if (!isSaved) return;
    line.close();
    line = undefined;
  });
}
