/** Markdown, in which no text of the call is markup. Two spaces at the end of a line are its line break. */
import { formatOffset } from '../format-line.ts';
import { escapeMarkdown, escapeMarkdownHeading, escapeMarkdownLine } from './escape-markdown.ts';
import type { Excerpt, Format, FormatOptions } from './format.ts';
import { headerLines } from './header-lines.ts';
import { htmlBody } from './html.ts';
import { escapeHtml, htmlParagraph } from './html-text.ts';
import { paragraphsOf, type Row } from './paragraphs.ts';

const LINE_BREAK = '  \n';

export const markdown: Format = {
  id: 'markdown',
  extension: 'md',
  mime: 'text/markdown',
  write(excerpt, options) {
    const [who, when] = headerLines(excerpt, options);
    const header = options.header ? [`### ${escapeMarkdownHeading(who)}`, escapeMarkdownLine(when)] : [];
    const paragraphs = paragraphsOf(excerpt).map((paragraph) =>
      (paragraph.kind === 'text'
        ? paragraph.lines.map(escapeMarkdownLine)
        : paragraph.rows.map((row) => markdownRow(row, excerpt, options))
      ).join(LINE_BREAK),
    );
    const heading = options.header
      ? `<h3 dir="auto">${escapeHtml(who)}</h3>${htmlParagraph([escapeHtml(when)])}`
      : '';
    return { text: [...header, ...paragraphs].join('\n\n'), html: heading + htmlBody(excerpt, options) };
  },
};

function markdownRow(row: Row, { call }: Excerpt, { times }: FormatOptions): string {
  if (row.kind === 'gap') return `*\\[${escapeMarkdown(row.text)}]*`;
  const time = times ? `${formatOffset(row.atMs - call.startedAtMs)} ` : '';
  return `${time}**${escapeMarkdown(row.speaker)}:** ${escapeMarkdown(row.text)}`;
}
