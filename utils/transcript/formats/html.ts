/** Rich text: real HTML without styles, so that it takes those of the editor it is pasted into. */
import { formatOffset } from '../format-line.ts';
import type { Excerpt, Format, FormatOptions } from './format.ts';
import { headerLines } from './header-lines.ts';
import { escapeHtml, htmlParagraph } from './html-text.ts';
import { paragraphsOf, type Row } from './paragraphs.ts';
import { plainText } from './plain.ts';

export const html: Format = {
  id: 'html',
  extension: 'html',
  mime: 'text/html',
  write(excerpt, options) {
    const [who, when] = headerLines(excerpt, options).map(escapeHtml);
    const header = options.header ? htmlParagraph([`<b>${who}</b>`, `${when}`]) : '';
    return { text: plainText(excerpt, options), html: header + htmlBody(excerpt, options) };
  },
};

/** All but the header. */
export function htmlBody(excerpt: Excerpt, options: FormatOptions): string {
  return paragraphsOf(excerpt)
    .map((paragraph) =>
      htmlParagraph(
        paragraph.kind === 'text'
          ? paragraph.lines.map(escapeHtml)
          : paragraph.rows.map((row) => htmlRow(row, excerpt, options)),
      ),
    )
    .join('');
}

function htmlRow(row: Row, { call }: Excerpt, { times }: FormatOptions): string {
  if (row.kind === 'gap') return `<i>[${escapeHtml(row.text)}]</i>`;
  const time = times ? `${formatOffset(row.atMs - call.startedAtMs)} ` : '';
  return `${time}<b>${escapeHtml(row.speaker)}:</b> ${escapeHtml(row.text)}`;
}
