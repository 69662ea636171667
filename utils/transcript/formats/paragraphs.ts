/** The parts of an excerpt as paragraphs: lines and gaps that follow each other share one, typed text has its own. */
import { cleanLine, cleanText } from './clean-text.ts';
import type { Excerpt } from './format.ts';

export type Row =
  | { kind: 'line'; atMs: number; speaker: string; text: string }
  /** `text` is never empty. */
  | { kind: 'gap'; text: string };

export type Paragraph = { kind: 'rows'; rows: Row[] } | { kind: 'text'; lines: string[] };

/** Clean text throughout; an empty line in typed text begins another paragraph. */
export function paragraphsOf({ parts }: Excerpt): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const part of parts) {
    if (part.kind === 'text') {
      paragraphs.push(...typedParagraphs(part.text));
      continue;
    }
    const row: Row =
      part.kind === 'line'
        ? { kind: 'line', atMs: part.atMs, speaker: cleanLine(part.speaker), text: cleanLine(part.text) }
        : { kind: 'gap', text: cleanLine(part.text) || '…' };
    const last = paragraphs.at(-1);
    if (last?.kind === 'rows') last.rows.push(row);
    else paragraphs.push({ kind: 'rows', rows: [row] });
  }
  return paragraphs;
}

/** Plain text of paragraphs with an empty line between them, each line of the call as `writeLine` has it. */
export function textOf(
  header: string | undefined,
  excerpt: Excerpt,
  writeLine: (line: Row & { kind: 'line' }) => string,
): string {
  const paragraphs = paragraphsOf(excerpt).map((paragraph) =>
    paragraph.kind === 'text'
      ? paragraph.lines.join('\n')
      : paragraph.rows.map((row) => (row.kind === 'line' ? writeLine(row) : `[${row.text}]`)).join('\n'),
  );
  return [...(header ? [header] : []), ...paragraphs].join('\n\n');
}

function typedParagraphs(text: string): Paragraph[] {
  return cleanText(text)
    .split(/\n[\t ]*(?:\n[\t ]*)+/)
    .map((paragraph) => paragraph.replace(/^\n+|\s+$/g, ''))
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => ({ kind: 'text', lines: paragraph.split('\n') }));
}
