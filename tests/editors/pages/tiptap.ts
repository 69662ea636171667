/** TipTap with its starter kit. */
import { Editor } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';
import { stage } from './stage.ts';

stage((container, text) => {
  const editor = new Editor({
    element: container,
    extensions: [StarterKit],
    content: {
      type: 'doc',
      content: [{ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] }],
    },
  });
  return {
    editable: editor.view.dom,
    read: () => editor.getText({ blockSeparator: '\n' }),
    destroy: () => editor.destroy(),
  };
});
