/** Plain text, `00:12 Caller: text` a line. */
import { formatLine } from '../format-line.ts';
import type { Excerpt, Format, FormatOptions } from './format.ts';
import { headerLines } from './header-lines.ts';
import { htmlOfText } from './html-text.ts';
import { textOf } from './paragraphs.ts';

export const plain: Format = {
  id: 'plain',
  extension: 'txt',
  mime: 'text/plain',
  write(excerpt, options) {
    const text = plainText(excerpt, options);
    return { text, html: htmlOfText(text) };
  },
};

export function plainText(excerpt: Excerpt, options: FormatOptions): string {
  const header = options.header ? headerLines(excerpt, options).join('\n') : undefined;
  return textOf(header, excerpt, (line) =>
    options.times
      ? formatLine(line, line.speaker, excerpt.call.startedAtMs)
      : `${line.speaker}: ${line.text}`,
  );
}
