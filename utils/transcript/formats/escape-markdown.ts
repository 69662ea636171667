/**
 * Text that Markdown shows as it is: a backslash before each character that would act where it stands, by CommonMark
 * 0.31 and GitHub's additions (tables, ~strikethrough~).
 */
const INLINE =
  /\\(?=[!-/:-@[-`{-~]|$)|[`[|]|[*~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|<(?=[\p{L}/!?])|&(?=#?\w+;)/gu;

/** What makes a list, heading, quotation, rule, underlined heading or table of a line that begins with it. */
const LINE_START = /^(?:[*+-](?=[\s+*-]|$)|#(?=#{0,5}(?:\s|$))|>|=(?==*\s*$)|:(?=-))/;
const NUMBERED = /^(\d{1,9})([.)])(?=\s|$)/;

/** For text within a line. */
export function escapeMarkdown(text: string): string {
  return text.replace(INLINE, (character, offset: number) => {
    const alone = isSpace(text[offset - 1]) && isSpace(text[offset + 1]);
    return (character === '*' || character === '~') && alone ? character : `\\${character}`;
  });
}

/** For a whole line. White space before it is dropped: four spaces would make code of it. */
export function escapeMarkdownLine(line: string): string {
  const text = line.trim();
  const start = LINE_START.exec(text)?.[0];
  if (start !== undefined) return `\\${start}${escapeMarkdown(text.slice(1))}`;
  return escapeMarkdown(text).replace(NUMBERED, '$1\\$2');
}

/** For the line of a heading, whose signs at the end would be taken for its own. */
export function escapeMarkdownHeading(line: string): string {
  return escapeMarkdown(line.trim()).replace(/#(?=#*$)/, '\\#');
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}
