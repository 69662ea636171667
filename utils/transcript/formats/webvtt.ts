/**
 * WebVTT, for players that show the call beside its recording: a cue a line, in the order they were spoken, and
 * comments for the rest. Its times are what it is for, so they stay whatever the options say.
 */
import { cleanLine, cleanText } from './clean-text.ts';
import type { Excerpt, ExcerptPart, Format } from './format.ts';
import { headerLines } from './header-lines.ts';
import { escapeHtml, htmlPreformatted } from './html-text.ts';

/** A line's end is not known: it stays until the next begins, or this long. */
const MAX_CUE_MS = 10_000;

export const webvtt: Format = {
  id: 'webvtt',
  extension: 'vtt',
  mime: 'text/vtt',
  write(excerpt, options) {
    const header = options.header ? [comment(headerLines(excerpt, options).join('\n'))] : [];
    const parts = inOrder(excerpt.parts);
    const ends = cueEnds(parts, excerpt);
    const blocks = parts.map((part, index) => {
      if (part.kind !== 'line') return comment(part.text);
      const times = `${cueTime(offset(part.atMs, excerpt))} --> ${cueTime(ends[index] ?? 0)}`;
      return `${times}\n<v ${escapeCue(part.speaker)}>${escapeCue(part.text)}`;
    });
    const text = `${['WEBVTT', ...header, ...blocks.filter((block) => block !== '')].join('\n\n')}\n`;
    return { text, html: htmlPreformatted(text) };
  },
};

/** An agent's order of lines need not be that of time, which cues must have; the rest stays behind its line. */
function inOrder(parts: readonly ExcerptPart[]): ExcerptPart[] {
  let lastAtMs = Number.NEGATIVE_INFINITY;
  return parts
    .map((part) => {
      if (part.kind === 'line') lastAtMs = part.atMs;
      return { part, atMs: lastAtMs };
    })
    .sort((a, b) => (a.atMs === b.atMs ? 0 : a.atMs < b.atMs ? -1 : 1))
    .map(({ part }) => part);
}

/** For each part, when the next line that begins later does so, ms since the call began. */
function cueEnds(parts: readonly ExcerptPart[], excerpt: Excerpt): number[] {
  const ends: number[] = [];
  let start = Number.POSITIVE_INFINITY;
  let later = Number.POSITIVE_INFINITY;
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index];
    if (part?.kind !== 'line') continue;
    const own = offset(part.atMs, excerpt);
    if (own < start) later = start;
    start = own;
    ends[index] = Math.min(later, own + MAX_CUE_MS);
  }
  return ends;
}

function offset(atMs: number, { call }: Excerpt): number {
  return Math.max(0, Math.floor(atMs - call.startedAtMs));
}

function cueTime(ms: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${time}.${String(ms % 1000).padStart(3, '0')}`;
}

function escapeCue(text: string): string {
  return cleanLine(text).replace(/[&<>]/g, escapeHtml);
}

/** Empty lines would end a comment, and an arrow would make a cue of it. */
function comment(text: string): string {
  const lines = cleanText(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.length === 0 ? '' : ['NOTE', ...lines].join('\n').replaceAll('-->', '--&gt;');
}
