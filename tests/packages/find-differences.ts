/** Where two sets of files differ, by path: nothing is left out, whatever it is. */

/** A sentence for each; none says that they are the same to the byte. */
export function findDifferences(
  first: ReadonlyMap<string, Buffer>,
  second: ReadonlyMap<string, Buffer>,
): string[] {
  const paths = [...new Set([...first.keys(), ...second.keys()])].sort();
  return paths.flatMap((path) => {
    const one = first.get(path);
    const other = second.get(path);
    if (one === undefined) return [`${path} is in the second alone.`];
    if (other === undefined) return [`${path} is in the first alone.`];
    if (one.equals(other)) return [];
    const at = one.findIndex((byte, index) => byte !== other[index]);
    return [
      `${path} differs from byte ${at === -1 ? one.length : at} on (${one.length} and ${other.length} bytes).`,
    ];
  });
}
