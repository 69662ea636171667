/** Where a note would go, as the agent knows the place. */
import { words } from '../../utils/browser/runtime.ts';
import type { InsertTarget } from '../../utils/messaging/insertion.ts';
import type { PageRecord } from '../../utils/messaging/surface.ts';
import { pasteKeys } from './note-keys.ts';

export function targetName(target: InsertTarget, page: PageRecord | undefined): string {
  const { label, lines, reach, host = '' } = target;
  const record = page?.record === undefined ? page?.title : `#${page.record.id}`;
  if (reach === 'clipboard') return words('insertByHand', pasteKeys, host);
  const place = record === undefined || record === '' ? undefined : record;
  if (label === '') return place === undefined ? words('insertEditor') : words('insertEditorOn', place);
  const editor = lines === 'one' ? words('insertOneLine', label) : label;
  return place === undefined ? editor : `${editor} · ${place}`;
}
