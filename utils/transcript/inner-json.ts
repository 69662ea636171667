/** JSON that came as text: a whole frame, or a value in one. */

export type InnerJson = { kind: 'json'; value: object | string } | { kind: 'broken' } | { kind: 'text' };

/** `[noise]` and `{` are words; `{"callid": …` cut short is broken JSON, not something somebody said. */
export function readInnerJson(text: string): InnerJson {
  const start = /^\s*(?:\{\s*["}]|\[\s*["{[\]]|")/.exec(text);
  if (start === null) return { kind: 'text' };
  try {
    return { kind: 'json', value: JSON.parse(text) as object | string };
  } catch {
    // Words may begin with a quotation.
    return start[0].trim() === '"' ? { kind: 'text' } : { kind: 'broken' };
  }
}
