/** A list with those in it that were removed and can still be had back. */

export type Identified = { id: string };

/** `before`: the ids of the rows that stood before it. */
export type RemovedItem<Item> = { item: Item; before: readonly string[] };
export type Row<Item> = { item: Item; isRemoved: boolean };

/** A row's item as it is to be removed, with its place; undefined where there is none. */
export function rememberItem<Item extends Identified>(
  rows: readonly Row<Item>[],
  id: string,
): RemovedItem<Item> | undefined {
  const index = rows.findIndex(({ item }) => item.id === id);
  const row = rows[index];
  if (row === undefined) return undefined;
  return { item: row.item, before: rows.slice(0, index).map(({ item }) => item.id) };
}

/** `removed` in the order of removal; each stands right behind the last of those that it stood behind. */
export function rowsOf<Item extends Identified>(
  items: readonly Item[],
  removed: readonly RemovedItem<Item>[],
): Row<Item>[] {
  const rows: Row<Item>[] = items.map((item) => ({ item, isRemoved: false }));
  for (const { item, before } of removed) {
    if (rows.some((row) => row.item.id === item.id)) continue;
    const last = rows.findLastIndex((row) => before.includes(row.item.id));
    rows.splice(last + 1, 0, { item, isRemoved: true });
  }
  return rows;
}

/** The items with a removed one back in its place; unchanged where it is not among `removed`. */
export function restoreItem<Item extends Identified>(
  items: readonly Item[],
  removed: readonly RemovedItem<Item>[],
  id: string,
): Item[] {
  return rowsOf(items, removed)
    .filter(({ item, isRemoved }) => !isRemoved || item.id === id)
    .map(({ item }) => item);
}
