/** One frame of the platform as the JSON text of an event's `data`. The payload is undocumented: nothing is assumed. */

/** Deeper than any event is; many JSON readers of other languages give up at 1,000. */
const MAX_DEPTH = 128;

/** `json`: the text; `data`: what a client finds there, nested no deeper than can be serialised again. */
export type PlatformData = { json: string; data: unknown };

/**
 * An object or array travels as it came; everything else, JSON nested too deeply among it, as a JSON string of
 * the raw text. The text is checked but not re-serialised: that would recurse as deep as a stranger likes.
 */
export function readPlatformData(text: string): PlatformData {
  const isCandidate = /^[\t\n\r ]*[{[]/.test(text) && !isDeeperThan(MAX_DEPTH, text);
  const data = isCandidate ? parse(text) : undefined;
  return data === undefined ? { json: JSON.stringify(text), data: text } : { json: text, data };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDeeperThan(max: number, text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isInString) {
      if (character === '\\') index += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > max) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}
