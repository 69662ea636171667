/**
 * A help page's Markdown as what the page draws. Only what such a page is made of: HTML and pictures in it are left out,
 * and a link that leads neither to a page of help nor to the encrypted web is its words alone.
 */
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { HelpText, Piece } from '../components/help/piece.ts';
import { readLink } from '../utils/help/read-link.ts';

/** Called as its first heading says. */
export function readMarkdown(markdown: string): HelpText {
  const title = /^# (.+)$/m.exec(markdown)?.[1]?.trim() ?? '';
  return { title, pieces: piecesOf(lexer(markdown)) };
}

/** Texts side by side are one. */
function piecesOf(tokens: readonly Token[] | undefined): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of (tokens ?? []).flatMap(pieceOf)) {
    const last = pieces.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces;
}

function pieceOf(token: Token): Piece[] {
  // Without extensions the lexer makes no other kinds.
  const known = token as MarkedToken;
  switch (known.type) {
    case 'heading':
      return [[known.depth === 1 ? 'h1' : known.depth === 2 ? 'h2' : 'h3', ...piecesOf(known.tokens)]];
    case 'paragraph': {
      const inside = piecesOf(known.tokens);
      // A picture alone is no paragraph here.
      return inside.length === 0 ? [] : [['p', ...inside]];
    }
    case 'list':
      return [
        [known.ordered ? 'ol' : 'ul', ...known.items.map(({ tokens }): Piece => ['li', ...piecesOf(tokens)])],
      ];
    case 'table':
      return [tableOf(known)];
    case 'code':
      return [['pre', ['code', known.text]]];
    case 'blockquote':
    case 'strong':
    case 'em':
      return [[known.type, ...piecesOf(known.tokens)]];
    case 'codespan':
      return [['code', known.text]];
    case 'link':
      return linkOf(known);
    case 'text':
      return known.tokens === undefined ? [known.text] : piecesOf(known.tokens);
    case 'escape':
      return [known.text];
    case 'br':
    case 'hr':
      return [[known.type]];
    default:
      return [];
  }
}

function tableOf({ header, rows }: Tokens.Table): Piece {
  const row = (name: 'th' | 'td', cells: Tokens.TableCell[]): Piece => [
    'tr',
    ...cells.map(({ tokens }): Piece => [name, ...piecesOf(tokens)]),
  ];
  const body: Piece = ['tbody', ...rows.map((cells) => row('td', cells))];
  const hasHead = header.some(({ text }) => text !== '');
  return hasHead ? ['table', ['thead', row('th', header)], body] : ['table', body];
}

function linkOf({ href, tokens }: Tokens.Link): Piece[] {
  const link = readLink(href);
  const inside = piecesOf(tokens);
  switch (link?.to) {
    case 'topic':
      return [['a', `#${link.topic}`, ...inside]];
    case 'web':
      return [['a', link.url, ...inside]];
    default:
      return inside;
  }
}
