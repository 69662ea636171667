/** What a written call begins with. It holds no words of its own, so it reads in every language. */
import { cleanLine } from './clean-text.ts';
import type { Excerpt, FormatOptions } from './format.ts';
import { createTimeWriter, durationOf } from './times.ts';

/**
 * Who called: the customer and the numbers, or the call's id where neither is known. Then when, and how long.
 * `Patricia Brown · +15125550142 → +18005550160`, `Nov 22, 2026, 8:25 PM · 03:12`.
 */
export function headerLines(excerpt: Excerpt, options: FormatOptions): [who: string, when: string] {
  const { call } = excerpt;
  const numbers = [call.caller, call.callee].flatMap(known).join(' → ');
  const who = [...known(call.customer), ...known(numbers)].join(' · ');
  const times = createTimeWriter(options);
  const begun = `${times.date(call.startedAtMs)}, ${times.clock(call.startedAtMs)}`;
  return [who || cleanLine(call.id), cleanLine(`${begun} · ${durationOf(excerpt, options)}`)];
}

function known(text: string | undefined): string[] {
  const clean = cleanLine(text ?? '');
  return clean === '' ? [] : [clean];
}
