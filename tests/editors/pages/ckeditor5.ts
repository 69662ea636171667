/** CKEditor 5. */
import { Bold, ClassicEditor, Essentials, Paragraph } from 'ckeditor5';
import css from 'ckeditor5/ckeditor5.css?inline';
import { addStyle } from './page-style.ts';
import { stage } from './stage.ts';

stage(async (container, text) => {
  addStyle(container, css);
  const editor = await ClassicEditor.create(container, {
    licenseKey: 'GPL',
    plugins: [Essentials, Paragraph, Bold],
    toolbar: ['bold', 'undo'],
    initialData: `<p>${text}</p>`,
  });
  const editable = editor.ui.getEditableElement();
  if (editable === undefined) throw new Error('CKEditor 5 shows no editable.');
  return {
    editable,
    read: () => [...(editor.model.document.getRoot()?.getChildren() ?? [])].map(textOf).join('\n'),
    destroy: () => void editor.destroy(),
  };
});

type ModelNode = Parameters<ClassicEditor['model']['createPositionBefore']>[0];

function textOf(node: ModelNode): string {
  if (node.is('$text')) return node.data;
  if (node.is('element', 'softBreak')) return '\n';
  return node.is('element') ? [...node.getChildren()].map(textOf).join('') : '';
}
