/**
 * A format of the agent's own: text with placeholders, for each line and above them all. `{{` and `}}` stand for
 * braces; a placeholder that is not known stays as it stands.
 */
import { formatOffset } from '../format-line.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { type Excerpt, type Format, type FormatOptions, ownFormatId } from './format.ts';
import { htmlOfText } from './html-text.ts';
import { textOf } from './paragraphs.ts';
import { createTimeWriter, durationOf } from './times.ts';

export type CopyTemplate = { id: string; name: string; header: string; line: string };

/**
 * `time` is the line's offset in the call, `clock` its time of day, `date` the day the call began. In a header there
 * is no line: `time` is 00:00, `clock` is when the call began, and `speaker` and `text` are empty.
 */
const placeholders = [
  'time',
  'clock',
  'speaker',
  'text',
  'callId',
  'caller',
  'callee',
  'customer',
  'date',
  'duration',
  'ticket',
] as const;

type Values = Record<(typeof placeholders)[number], string>;

const TOKEN = /\{\{|\}\}|\{([^{}\n]+)\}/g;

/** What an agent should know of a template before they use it. */
export function checkTemplate(template: string): { unknown: string[] } {
  const names = [...template.matchAll(TOKEN)].flatMap(([, name]) => (name === undefined ? [] : [name]));
  return { unknown: [...new Set(names.filter((name) => !isPlaceholder(name)))] };
}

export function templateFormat(template: CopyTemplate): Format {
  return {
    id: ownFormatId(template.id),
    extension: 'txt',
    mime: 'text/plain',
    write(excerpt, options) {
      const times = createTimeWriter(options);
      const { startedAtMs } = excerpt.call;
      const ofCall = callValues(excerpt, options, times.date(startedAtMs));
      const valuesAt = (atMs: number, speaker: string, text: string): Values => ({
        ...ofCall,
        time: formatOffset(atMs - startedAtMs),
        clock: times.clock(atMs),
        speaker,
        text,
      });
      const header = options.header && fill(cleanText(template.header), valuesAt(startedAtMs, '', '')).trim();
      const line = cleanText(template.line);
      const text = textOf(header || undefined, excerpt, ({ atMs, speaker, text }) =>
        fill(line, valuesAt(atMs, speaker, text)),
      );
      return { text, html: htmlOfText(text) };
    },
  };
}

/** In one pass, so that braces and `$&` in the words of a call are text. */
function fill(template: string, values: Values): string {
  return template.replace(TOKEN, (token, name: string | undefined) => {
    if (name === undefined) return token.slice(1);
    return isPlaceholder(name) ? values[name] : token;
  });
}

function isPlaceholder(name: string): name is keyof Values {
  return placeholders.some((placeholder) => placeholder === name);
}

function callValues(excerpt: Excerpt, options: FormatOptions, date: string) {
  const { call, ticket } = excerpt;
  return {
    callId: cleanLine(call.id),
    caller: cleanLine(call.caller ?? ''),
    callee: cleanLine(call.callee ?? ''),
    customer: cleanLine(call.customer ?? ''),
    date,
    duration: durationOf(excerpt, options),
    ticket: cleanLine(ticket ?? ''),
  };
}
