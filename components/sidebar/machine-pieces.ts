/** A text in pieces that a model of the browser's takes at once. */

/** In UTF-16 units; models take some thousand words. */
const PIECE_LENGTH = 4_000;

/** Cut between lines; a line that is longer than a piece is cut between words where it has any. Nothing is lost. */
export function cutPieces(text: string, maxLength = PIECE_LENGTH): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > maxLength) {
    const end = endOfPiece(rest, maxLength);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** Behind the last line break, else behind the last space, else wherever no character is cut in two. */
function endOfPiece(text: string, maxLength: number): number {
  const line = text.lastIndexOf('\n', maxLength - 1);
  if (line > 0) return line + 1;
  const space = text.lastIndexOf(' ', maxLength - 1);
  if (space > 0) return space + 1;
  return /[\uD800-\uDBFF]/.test(text[maxLength - 1] ?? '') && maxLength > 1 ? maxLength - 1 : maxLength;
}
