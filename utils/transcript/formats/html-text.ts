/** Text as HTML that shows it and nothing else. */

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A paragraph with the direction of its own first letters; each line is HTML already. */
export function htmlParagraph(lines: readonly string[]): string {
  return `<p dir="auto">${lines.join('<br>')}</p>`;
}

/** Plain text in paragraphs, as an empty line parts them. */
export function htmlOfText(text: string): string {
  return text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => htmlParagraph(paragraph.split('\n').map(escapeHtml)))
    .join('');
}

/** Text whose spaces and line breaks count. */
export function htmlPreformatted(text: string): string {
  return `<pre>${escapeHtml(text)}</pre>`;
}
