/** The text as it may be put into an editor. */

const LINE_END = /\r\n?|[\u2028\u2029]/g;

/** Line ends are `\n`, or one space each in a field of one line; control characters but tab and line end are dropped. */
export function plainText(text: string, lines: 'one' | 'many'): string {
  const plain = [...text.replace(LINE_END, '\n')].filter((character) => !isControl(character)).join('');
  return lines === 'many' ? plain : plain.replaceAll('\n', ' ');
}

function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code < 0x20 && character !== '\t' && character !== '\n') || (code >= 0x7f && code <= 0x9f);
}
