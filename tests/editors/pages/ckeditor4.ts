/** CKEditor 4, the last free one, which edits in a frame of its own. It loads its parts itself, from `/ckeditor4/`. */
import { htmlLines } from './html-lines.ts';
import { stage } from './stage.ts';

type Ckeditor4 = {
  on(event: 'instanceReady', listener: () => void): void;
  editable(): { $: HTMLElement };
  getData(): string;
  resetUndo(): void;
  destroy(): void;
};

declare global {
  interface Window {
    CKEDITOR?: { appendTo(element: HTMLElement, config: object, data: string): Ckeditor4 };
  }
}

const isLoaded = new Promise((loaded) => {
  const script = document.createElement('script');
  script.addEventListener('load', loaded);
  script.src = '/ckeditor4/ckeditor.js';
  document.head.append(script);
});

stage(async (container, text) => {
  await isLoaded;
  return new Promise((mounted, failed) => {
    const config = { versionCheck: false, toolbar: [['Bold']], customConfig: '', height: 120 };
    const editor = window.CKEDITOR?.appendTo(container, config, `<p>${text}</p>`);
    if (editor === undefined) return failed(new Error('CKEditor 4 was not loaded.'));
    editor.on('instanceReady', () => {
      editor.resetUndo();
      mounted({
        editable: editor.editable().$,
        read: () => htmlLines(editor.getData()),
        destroy: () => editor.destroy(),
      });
    });
  });
});
