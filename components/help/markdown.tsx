/**
 * A help page's Markdown as elements. Only what such a page is made of: HTML and pictures in it are left out, and a link
 * that leads neither to a page of help nor to the encrypted web is its words alone.
 */
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import type { ComponentChildren, JSX } from 'preact';
import { readLink } from '../../utils/help/read-link.ts';

export function Markdown({ text }: { text: string }): JSX.Element {
  return <>{paint(lexer(text))}</>;
}

function paint(tokens: readonly Token[] | undefined): ComponentChildren {
  return tokens?.map((token, at) => <Piece key={at} token={token} />);
}

function Piece({ token }: { token: Token }): ComponentChildren {
  // Without extensions the lexer makes no other kinds.
  const known = token as MarkedToken;
  switch (known.type) {
    case 'heading':
      return <Heading {...known} />;
    case 'paragraph':
      return <p>{paint(known.tokens)}</p>;
    case 'list': {
      const items = known.items.map((item, at) => <li key={at}>{paint(item.tokens)}</li>);
      return known.ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'table':
      return <Table {...known} />;
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <pre tabIndex={0}>
          <code>{known.text}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote>{paint(known.tokens)}</blockquote>;
    case 'strong':
      return <strong>{paint(known.tokens)}</strong>;
    case 'em':
      return <em>{paint(known.tokens)}</em>;
    case 'codespan':
      return <code>{known.text}</code>;
    case 'link':
      return <Link {...known} />;
    case 'text':
      return known.tokens === undefined ? known.text : paint(known.tokens);
    case 'escape':
      return known.text;
    case 'br':
      return <br />;
    case 'hr':
      return <hr />;
    default:
      return null;
  }
}

function Heading({ depth, tokens }: Tokens.Heading): JSX.Element {
  if (depth === 1) return <h1>{paint(tokens)}</h1>;
  return depth === 2 ? <h2>{paint(tokens)}</h2> : <h3>{paint(tokens)}</h3>;
}

function Table({ header, rows }: Tokens.Table): JSX.Element {
  const hasHead = header.some(({ text }) => text !== '');
  return (
    <table>
      {hasHead ? (
        <thead>
          <tr>
            {header.map(({ tokens }, at) => (
              <th key={at} scope="col">
                {paint(tokens)}
              </th>
            ))}
          </tr>
        </thead>
      ) : null}
      <tbody>
        {rows.map((cells, row) => (
          <tr key={row}>
            {cells.map(({ tokens }, at) => (
              <td key={at}>{paint(tokens)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Link({ href, tokens }: Tokens.Link): ComponentChildren {
  const link = readLink(href);
  switch (link?.to) {
    case 'topic':
      return <a href={`#${link.topic}`}>{paint(tokens)}</a>;
    case 'web':
      return (
        <a href={link.url} target="_blank" rel="noreferrer">
          {paint(tokens)}
        </a>
      );
    default:
      return paint(tokens);
  }
}
