/** TinyMCE, which edits in a frame of its own. */
import tinymce from 'tinymce';
import 'tinymce/icons/default';
import 'tinymce/models/dom';
import 'tinymce/themes/silver';
import skin from 'tinymce/skins/ui/oxide/skin.css?inline';
import { htmlLines } from './html-lines.ts';
import { addStyle } from './page-style.ts';
import { stage } from './stage.ts';

stage(async (container, text) => {
  addStyle(container, skin);
  const target = container.appendChild(document.createElement('textarea'));
  target.value = `<p>${text}</p>`;
  const [editor] = await tinymce.init({
    target,
    license_key: 'gpl',
    skin: false,
    content_css: false,
    promotion: false,
    menubar: false,
    statusbar: false,
    toolbar: 'bold',
    height: 200,
  });
  if (editor === undefined) throw new Error('TinyMCE did not start.');
  return {
    editable: editor.getBody(),
    read: () => htmlLines(editor.getContent()),
    destroy: () => editor.remove(),
  };
});
