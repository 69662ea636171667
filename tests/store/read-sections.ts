/** A Markdown file's parts of the second rank: title → text, without the space around it. */
export function readSections(markdown: string): Map<string, string> {
  const [, ...parts] = markdown.split(/^## /m);
  return new Map(
    parts.map((part) => {
      const [title = '', ...lines] = part.split('\n');
      return [title.replaceAll('\\', '').trim(), lines.join('\n').trim()];
    }),
  );
}
