/** What is wrong with a configuration, in one line each: where, what was expected, what was found. Never a secret. */
import type * as v from 'valibot';

/** The schema's messages say what was expected; this adds where, and what was found instead. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const where = formatPath(issue.path ?? []);
  if (issue.expected === 'never') return `${where}: expected no such field, found one (a typing error?)`;
  const isMissing = issue.kind === 'schema' && issue.type === 'strict_object' && issue.input === undefined;
  const expected = isMissing ? 'this field' : issue.message;
  return `${where}: expected ${expected}, found ${describeFound(issue.input)}`;
}

/** The parser's own message quotes the text around the error, which may hold a secret: only the place is kept. */
export function describeSyntaxError(error: unknown): string {
  const place = /line \d+ column \d+/.exec(error instanceof Error ? error.message : '')?.[0];
  return `the file: expected JSON, found a syntax error${place === undefined ? '' : ` at ${place}`}`;
}

function formatPath(path: readonly { key: unknown }[]): string {
  let text = '';
  for (const { key } of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? String(key) : `.${String(key)}`;
  }
  return text === '' ? 'the file' : text;
}

/** Texts are described, not shown: somebody may have put the token where its hash belongs. */
function describeFound(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return URL.canParse(value) && value.includes('://')
        ? `an address that starts with ${new URL(value).protocol}//`
        : `a text of ${value.length} characters`;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return 'an object';
  }
}
