/** Whether a text has arrived in an editor, told by what the editor held before and holds now. */

export type Arrival = 'inserted' | 'unchanged' | 'partly';

export type Change = {
  before: string;
  after: string;
  /** What was selected and so replaced. */
  selected: string;
  /** What was put in. */
  text: string;
};

/** Editors put these in for a caret to stand in. */
const FILLERS = /[\u200b\u2060\ufeff]/g;
const WHITESPACE = /\s/;
const NO_GAP = 0;
const SPACE = 1;
const LINE_END = 2;

/** A text without its whitespace, and before which of its characters there was some. */
type Squeezed = { characters: string; gaps: Uint8Array };

/**
 * How wide a gap is does not count, but every word and every line has to be there in order, once more than before,
 * between what stood there before.
 */
export function compareTexts({ before, after, selected, text }: Change): Arrival {
  const [was, is, put] = [squeeze(before), squeeze(after), squeeze(text)];
  const length = put.characters.length;
  const prefix = commonLength(was.characters, is.characters, (string, index) => string.charCodeAt(index));
  const suffix = commonLength(was.characters, is.characters, (string, index) =>
    string.charCodeAt(string.length - 1 - index),
  );
  const added = is.characters.length - was.characters.length + squeeze(selected).characters.length;
  if (added >= length) {
    const first = Math.max(0, is.characters.length - suffix - length);
    for (let at = first; at <= prefix && length > 0; at += 1) {
      if (is.characters.startsWith(put.characters, at) && keepsGaps(put, is, at)) return 'inserted';
    }
  }
  return was.characters === is.characters ? 'unchanged' : 'partly';
}

/** For an editor that keeps only those lines in the page that are seen: whether the end of the text is seen. */
export function showsEnd({ before, after, text }: Change, endLength = 40): boolean {
  const end = squeeze(text).characters.slice(-endLength);
  return before !== after && squeeze(after).characters.includes(end);
}

function squeeze(text: string): Squeezed {
  const plain = text.replace(FILLERS, '');
  const gaps = new Uint8Array(plain.length);
  const characters: string[] = [];
  let gap = NO_GAP;
  for (let index = 0; index < plain.length; index += 1) {
    const character = plain.charAt(index);
    if (WHITESPACE.test(character)) {
      gap = Math.max(gap, character === '\n' ? LINE_END : SPACE);
    } else {
      gaps[characters.length] = gap;
      characters.push(character);
      gap = NO_GAP;
    }
  }
  return { characters: characters.join(''), gaps };
}

/** Before its first character nothing is asked for: a text may begin with a line of its own. */
function keepsGaps(put: Squeezed, is: Squeezed, at: number): boolean {
  for (let index = 1; index < put.characters.length; index += 1) {
    if ((is.gaps[at + index] ?? NO_GAP) < (put.gaps[index] ?? NO_GAP)) return false;
  }
  return true;
}

function commonLength(one: string, other: string, at: (string: string, index: number) => number): number {
  const end = Math.min(one.length, other.length);
  let length = 0;
  while (length < end && at(one, length) === at(other, length)) length += 1;
  return length;
}
