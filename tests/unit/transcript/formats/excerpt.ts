/** A short excerpt for the tests of formats, of what they are to be asked. */
import type { Excerpt, ExcerptPart, FormatOptions } from '../../../../utils/transcript/formats/format.ts';

const STARTED_MS = Date.UTC(2026, 10, 22, 20, 25, 0);

export const options: FormatOptions = {
  times: true,
  header: false,
  locale: 'en-US',
  timeZone: 'UTC',
  nowMs: STARTED_MS + 600_000,
};

export function line(offsetMs: number, speaker: string, text: string): ExcerptPart {
  return { kind: 'line', atMs: STARTED_MS + offsetMs, leg: 'caller', speaker, text };
}

export function typed(text: string): ExcerptPart {
  return { kind: 'text', text };
}

export function gap(text: string): ExcerptPart {
  return { kind: 'gap', fromMs: STARTED_MS + 20_000, toMs: STARTED_MS + 25_000, text };
}

export function excerpt(parts: readonly ExcerptPart[], call: Partial<Excerpt['call']> = {}): Excerpt {
  return {
    call: {
      id: 'call-1',
      caller: '+15125550142',
      callee: '+18005550160',
      customer: 'Patricia Brown',
      startedAtMs: STARTED_MS,
      endedAtMs: STARTED_MS + 192_000,
      ...call,
    },
    ticket: '#1042',
    parts,
  };
}
