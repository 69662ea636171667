/** What a page of help is made of: text, and elements of these names alone. */
import type { HelpTopic } from '../../utils/help/topics.ts';

export type PieceName =
  | 'h1'
  | 'h2'
  | 'h3'
  | 'p'
  | 'ul'
  | 'ol'
  | 'li'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tr'
  | 'th'
  | 'td'
  | 'pre'
  | 'code'
  | 'blockquote'
  | 'strong'
  | 'em'
  | 'br'
  | 'hr';

/** A link leads to another page of help, or out to the encrypted web. */
export type LinkTarget = `#${HelpTopic}` | `https://${string}`;

export type Piece =
  | string
  | readonly [name: PieceName, ...inside: Piece[]]
  | readonly [name: 'a', target: LinkTarget, ...inside: Piece[]];

/** A page, and what it is called. */
export type HelpText = { title: string; pieces: readonly Piece[] };
