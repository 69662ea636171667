/** Changes of a note's items. Pure; what changes nothing gives the same array. */
import { MAX_NOTE_TEXT_LENGTH, type NoteItem } from '../../utils/transcript/note.ts';
import { type CallModel, chunkAt, chunkNumber } from './call-model.ts';

type Items = readonly NoteItem[];

/** Indexes of the pinned lines. */
export function pinsOf(items: Items): ReadonlySet<number> {
  return new Set(items.flatMap((item) => (item.kind === 'line' ? [item.index] : [])));
}

/** A new text stands after `afterId`; without one, or where that is gone, at the end. */
export function writeText(
  items: Items,
  given: { id: string; text: string; afterId?: string | undefined },
): Items {
  const { id, text, afterId } = given;
  const known = items.find((item) => item.id === id);
  if (known?.text === text) return items;
  if (known !== undefined) return items.map((item) => (item.id === id ? { ...item, text } : item));
  const after = items.findIndex((item) => item.id === afterId);
  return items.toSpliced(after === -1 ? items.length : after + 1, 0, { kind: 'text', id, text });
}

/** Other words for a pinned line; what the line itself says, or nothing, is no other words. */
export function rephrase(items: Items, id: string, own: string | undefined): Items {
  const at = items.findIndex((item) => item.id === id);
  const known = items[at];
  if (known?.kind !== 'line') return items;
  const { own: before, ...line } = known;
  const words = own?.trim() === '' || own === known.text ? undefined : own;
  if (words === before) return items;
  return items.with(at, words === undefined ? line : { ...line, own: words });
}

/** Puts an item where the one at `to` stands; past an end it is the end. */
export function moveItem(items: Items, id: string, to: number): Items {
  const from = items.findIndex((item) => item.id === id);
  const known = items[from];
  const target = Math.max(0, Math.min(items.length - 1, to));
  if (known === undefined || from === target) return items;
  return items.toSpliced(from, 1).toSpliced(target, 0, known);
}

/** The same but for how its lines were heard. */
export function isSameNote(one: Items, other: Items): boolean {
  const bare = (items: Items) =>
    JSON.stringify(
      items.map((item) => (item.kind === 'line' ? [item.id, item.own] : [item.id, item.text, 0])),
    );
  return bare(one) === bare(other);
}

/** Pinned lines with the words that their lines have in the call now; one that it let go stays as it was. */
export function hearBetter(items: Items, call: CallModel): Items {
  const heard = items.map((item): NoteItem => {
    if (item.kind === 'text') return item;
    const chunk = chunkAt(call.chunks.value, chunkNumber(item.index));
    const line = chunk?.entries.value.find(({ index }) => index === item.index);
    // After a loss another line may stand at this index: a line's beginning never changes.
    if (line?.kind !== 'line' || line.atMs !== item.atMs || line.leg !== item.leg) return item;
    if (line.text === item.text || line.text.length > MAX_NOTE_TEXT_LENGTH) return item;
    return { ...item, text: line.text };
  });
  return heard.some((item, at) => item !== items[at]) ? heard : items;
}
