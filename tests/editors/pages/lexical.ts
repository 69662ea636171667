/** Lexical with rich text and history. */
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { registerRichText } from '@lexical/rich-text';
import { $createParagraphNode, $createTextNode, $getRoot, createEditor } from 'lexical';
import { stage } from './stage.ts';

const HISTORY_DELAY_MS = 300;

stage((container, text) => {
  container.contentEditable = 'true';
  const editor = createEditor({
    namespace: 'lab',
    onError(error) {
      throw error;
    },
  });
  editor.setRootElement(container);
  editor.update(
    () => {
      const paragraph = $createParagraphNode();
      if (text !== '') paragraph.append($createTextNode(text));
      $getRoot().clear().append(paragraph);
    },
    { discrete: true },
  );
  const undo = [
    registerRichText(editor),
    registerHistory(editor, createEmptyHistoryState(), HISTORY_DELAY_MS),
  ];
  return {
    editable: container,
    read: () =>
      editor.read(() =>
        $getRoot()
          .getChildren()
          .map((child) => child.getTextContent())
          .join('\n'),
      ),
    destroy() {
      for (const each of undo) each();
      editor.setRootElement(null);
    },
  };
});
