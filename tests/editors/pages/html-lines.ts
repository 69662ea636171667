/** The lines of the HTML that an editor gives as its value: a block is a line, and so is what follows a break. */
const BLOCKS = /^(?:P|DIV|LI|H[1-6]|PRE|BLOCKQUOTE|UL|OL)$/;

export function htmlLines(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const lines: string[] = [];
  let line: string | undefined;

  function end(): void {
    if (line !== undefined) lines.push(line);
    line = undefined;
  }

  function walk(node: Node): void {
    for (const child of node.childNodes) {
      if (child instanceof Text) {
        // Between tags, line breaks and tabs are the editor's own indentation.
        const text = child.data.replace(/[\n\t]+/g, '');
        if (text !== '') line = (line ?? '') + text;
      } else if (child.nodeName === 'BR') {
        const isFiller = child.nextSibling === null && line === undefined;
        line ??= '';
        if (child.nextSibling !== null || isFiller) end();
      } else if (BLOCKS.test(child.nodeName)) {
        end();
        const before = lines.length;
        walk(child);
        if (line === undefined && lines.length === before) line = '';
        end();
      } else {
        walk(child);
      }
    }
  }

  walk(body);
  end();
  return lines.join('\n');
}
