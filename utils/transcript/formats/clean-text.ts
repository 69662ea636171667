/**
 * Text of a call as it may stand in a ticket: no control characters, no halves of characters, and nothing that turns
 * round what stands after it.
 */
const LINE_BREAK = /\r\n?|[\u2028\u2029\u0085\v\f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\0-\x08\x0e-\x1f\x7f-\x9f]/g;
const BIDI = /[\u202a-\u202e\u2066-\u2069]/g;
const POP_EMBEDDING = '\u202c';
const POP_ISOLATE = '\u2069';

/** Line breaks of any kind become `\n`, and of the other control characters only the tab stays. */
export function cleanText(text: string): string {
  return withoutControls(text).split('\n').map(closeBidi).join('\n');
}

/** As `cleanText`, in one line, so that no words of a call pass for a line, and so for the words of the other side. */
export function cleanLine(text: string): string {
  return closeBidi(
    withoutControls(text)
      .replace(/\s*\n\s*/g, ' ')
      .trim(),
  );
}

function withoutControls(text: string): string {
  return text.toWellFormed().replace(LINE_BREAK, '\n').replace(CONTROL, '');
}

/**
 * Ends what the text's directional characters began, and drops those that end nothing: they stay in force until the
 * paragraph ends otherwise, and would reorder the words after this text (Unicode Annex 9, X1 to X7).
 */
function closeBidi(line: string): string {
  const open: string[] = [];
  const kept = line.replace(BIDI, (character) => {
    if (character === POP_EMBEDDING) return open.at(-1) === POP_EMBEDDING ? (open.pop() ?? '') : '';
    if (character !== POP_ISOLATE) {
      open.push(character < '\u2066' ? POP_EMBEDDING : POP_ISOLATE);
      return character;
    }
    const isolate = open.lastIndexOf(POP_ISOLATE);
    if (isolate < 0) return '';
    open.length = isolate;
    return character;
  });
  return kept + open.reverse().join('');
}
