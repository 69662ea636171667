/** Whether this Node can run the package. Imports nothing, so that an old one gets as far as this. */

/** The first that `undici` runs on, and that tells which authorities the system trusts. */
export const OLDEST_NODE = '22.19';

/** `version`: as `process.versions.node` has it. Undefined if it will do, else a sentence. */
export function refuseNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `The Earshot relay needs Node ${OLDEST_NODE} or newer; this is Node ${version}.`;
}
