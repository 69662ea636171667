/** The documents of this repository, as the tests read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lexer, type Token, type Tokens, walkTokens } from 'marked';

export const root = resolve(import.meta.dirname, '../../..');

/** Paths from the root. */
export const documents: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'relay/recipes/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`)
    .sort(),
];

export function readDocument(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Every token, those inside of others too, in the order of the page. */
export function tokensOf(path: string): Token[] {
  const all: Token[] = [];
  walkTokens(lexer(readDocument(path)), (token) => void all.push(token));
  return all;
}

/** The text of the page's blocks of code in that language. */
export function codeBlocks(path: string, language: string): string[] {
  return tokensOf(path).flatMap((token) =>
    token.type === 'code' && token['lang'] === language ? [String(token['text'])] : [],
  );
}

/** What stands in the page between backticks. */
export function codeSpans(path: string): string[] {
  return tokensOf(path).flatMap((token) => (token.type === 'codespan' ? [String(token['text'])] : []));
}

/** What a heading of the second rank names, and everything up to the next one. */
export function sectionsOf(path: string): Map<string, Token[]> {
  const sections = new Map<string, Token[]>();
  let current: Token[] = [];
  for (const token of lexer(readDocument(path))) {
    if (token.type === 'heading' && token['depth'] === 2) {
      current = [];
      sections.set(String(token['text']), current);
    } else current.push(token);
  }
  return sections;
}

/** The cells of the first table whose first column is called `head`, as they are written. */
export function tableOf(path: string, head: string): string[][] {
  const table = lexer(readDocument(path)).find(
    (token): token is Tokens.Table => token.type === 'table' && token['header'][0]?.text === head,
  );
  if (table === undefined) throw new Error(`${path} has no table that begins with “${head}”`);
  return table.rows.map((cells) => cells.map(({ text }) => text));
}
