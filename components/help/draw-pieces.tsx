/** Draws a page of help: elements, and text nodes. */
import type { ComponentChildren, JSX } from 'preact';
import type { LinkTarget, Piece, PieceName } from './piece.ts';

const attributes: { [Name in PieceName]?: object } = {
  // What scrolls has to be reached by the keyboard.
  pre: { tabIndex: 0 },
  th: { scope: 'col' },
};

export function Pieces({ pieces }: { pieces: readonly Piece[] }): JSX.Element {
  return <>{draw(pieces)}</>;
}

function draw(pieces: readonly Piece[]): ComponentChildren {
  return pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    if (piece[0] === 'a') {
      const [, target, ...inside] = piece;
      return <Link target={target}>{draw(inside)}</Link>;
    }
    const [Name, ...inside] = piece;
    return <Name {...attributes[Name]}>{draw(inside)}</Name>;
  });
}

type LinkProps = { target: LinkTarget; children: ComponentChildren };

function Link({ target, children }: LinkProps): JSX.Element {
  if (target.startsWith('#')) return <a href={target}>{children}</a>;
  return (
    <a href={target} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}
