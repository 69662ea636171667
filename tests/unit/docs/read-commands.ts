/** The commands that the documents give: of their `sh` blocks, and those that stand in a sentence. */
import { codeBlocks, codeSpans, documents } from './documents.ts';

/** `words`: as a shell parts them, without what is set, piped or written into before and after. */
export type Command = { document: string; text: string; words: readonly string[] };

/** What begins a command where it stands in a sentence. */
const PROGRAMS = /^(?:npm|npx|node|sh|git|docker|curl|systemctl|apt|apt-get|ulimit|for|until|wget)\s/;
const KEYWORDS = new Set(['do', 'done', 'until', 'while', 'then', 'fi', 'if', '!']);

export const commands: readonly Command[] = documents.flatMap((document) => {
  const blocks = codeBlocks(document, 'sh').flatMap((block) => block.replace(/\\\n\s*/g, ' ').split('\n'));
  const spans = codeSpans(document).filter((span) => PROGRAMS.test(span));
  return [...blocks, ...spans]
    .flatMap((line) => parts(line))
    .map((words) => ({ document, text: words.join(' '), words }));
});

/** The commands of a line, each in its words. */
export function parts(line: string): string[][] {
  const found: string[][] = [[]];
  const pieces = line.matchAll(/"([^"]*)"|'([^']*)'|(#.*)|(&&|\|\||[;|])|([^\s;|&"']+)/g);
  for (const [, double, single, comment, end, plain] of pieces) {
    if (comment !== undefined) break;
    if (end !== undefined) found.push([]);
    else found.at(-1)?.push(double ?? single ?? plain ?? '');
  }
  return found.map(withoutShell).filter((words) => words.length > 0);
}

/** Without keywords, redirections and variables; of `for`, which only names what is done to, nothing is left. */
function withoutShell(words: readonly string[]): string[] {
  if (words[0] === 'for') return [];
  const start = words.findIndex((word) => !KEYWORDS.has(word) && !/^[A-Z_]+=/.test(word));
  return start === -1 ? [] : words.slice(start).filter((word) => !/^\d?>/.test(word));
}
