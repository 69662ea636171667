/**
 * What the relay's package says of itself to npm, taken from this repository's own `package.json` and lock file: it
 * installs the very packages, to the byte, that the relay is tested with here.
 */
import * as v from 'valibot';
import { OLDEST_NODE } from '../relay/package/node-version.ts';

export const PROGRAM = 'dist/earshot-relay.js';

const versions = v.record(v.string(), v.string());
const rootManifest = v.object({ version: v.string(), license: v.string(), dependencies: versions });
const lockedPackage = v.looseObject({
  version: v.optional(v.string()),
  dependencies: v.optional(versions, {}),
});
const lockFile = v.object({
  lockfileVersion: v.literal(3),
  packages: v.record(v.string(), lockedPackage),
});
type LockedPackage = v.InferOutput<typeof lockedPackage>;

/**
 * `imported`: the packages that the relay's code imports. Throws where one of them is none of the root's dependencies,
 * or is not locked.
 */
export function describeRelayPackage(root: unknown, lock: unknown, imported: readonly string[]) {
  const { version, license, dependencies } = v.parse(rootManifest, root);
  const { lockfileVersion, packages } = v.parse(lockFile, lock);
  const needed = [...imported].sort().map((name) => {
    const pinned = dependencies[name];
    if (pinned === undefined) throw new Error(`The relay imports ${name}, which is not in "dependencies".`);
    return [name, pinned] as const;
  });
  const manifest = {
    name: 'earshot-relay',
    version,
    description: 'One connection to the telephone platform, its live transcripts to many Earshot agents.',
    license,
    type: 'module',
    bin: { 'earshot-relay': PROGRAM },
    engines: { node: `>=${OLDEST_NODE}` },
    dependencies: Object.fromEntries(needed),
  };
  const { name, bin, engines } = manifest;
  const own = { name, version, license, dependencies: manifest.dependencies, bin, engines };
  return {
    manifest,
    shrinkwrap: {
      name,
      version,
      lockfileVersion,
      requires: true,
      packages: { '': own, ...lockedFor(imported, packages) },
    },
  };
}

/** These packages and all that they depend on, each at its place in `node_modules`. */
function lockedFor(names: readonly string[], packages: Record<string, LockedPackage>) {
  const found = new Map<string, LockedPackage>();
  const visit = (name: string, from: string): void => {
    const place = placeOf(name, from, packages);
    const locked = packages[place];
    if (locked === undefined) throw new Error(`${name} is not in the lock file.`);
    if (found.has(place)) return;
    found.set(place, locked);
    for (const dependency of Object.keys(locked.dependencies)) visit(dependency, place);
  };
  for (const name of names) visit(name, '');
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where Node finds the package from a place: in its own `node_modules`, else in that of a folder above. */
function placeOf(name: string, from: string, packages: Record<string, LockedPackage>): string {
  const near = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (from === '' || packages[near] !== undefined) return near;
  return placeOf(name, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), packages);
}
