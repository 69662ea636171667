/** What stands where something was blotted out: `[card]`. It is never read again. */

const builtIn = ['card', 'code', 'id', 'email', 'phone'];

/** A name as it may stand between the brackets. */
export function placeholderFor(name: string): string {
  return `[${name.replace(/[[\]\s\p{C}]+/gu, ' ').trim() || '***'}]`;
}

/** Matches each placeholder there may be, of the built-in ones and those of own patterns (folded text). */
export function placeholderSource(folded: readonly string[]): string {
  return [...builtIn.map((name) => `[${name}]`), ...folded]
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp)
    .join('|');
}

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
