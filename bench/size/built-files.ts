/** The files of a built extension, and what they weigh. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';

export type BuiltFile = {
  /** From the extension's folder, with `/`, and without the hash that changes with what is in the file. */
  name: string;
  bytes: number;
  gzipBytes: number;
  /** Of its whole entry in a zip. */
  zipBytes: number;
};

const LEVEL = 9;
/** A zip names each file before its data and in the directory at its end (APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16). */
const LOCAL_HEADER_BYTES = 30;
const DIRECTORY_BYTES = 46;
const END_BYTES = 22;
/** Locales and icons: what an agent needs of them is one language and one size. */
const APART = /^(?:_locales|demo-call|icon)\//;
const HASH = /-[\w-]{8}(?=\.(?:js|css)$)/;

/** All but locales and icons, by name. Throws one sentence where there is no such folder. */
export function readBuiltFiles(folder: string): BuiltFile[] {
  return list(folder)
    .filter((path) => !APART.test(path))
    .map((path) => weigh(path, readFileSync(join(folder, path))))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Of a zip of these files, as `wxt zip` packs them. */
export function zipBytesOf(files: readonly BuiltFile[]): number {
  return files.reduce((sum, { zipBytes }) => sum + zipBytes, END_BYTES);
}

function nameWithoutHash(path: string): string {
  return /^(?:chunks|assets)\//.test(path) ? path.replace(HASH, '') : path;
}

function weigh(path: string, content: Buffer): BuiltFile {
  const headerBytes = LOCAL_HEADER_BYTES + DIRECTORY_BYTES + 2 * Buffer.byteLength(path);
  return {
    name: nameWithoutHash(path),
    bytes: content.length,
    gzipBytes: gzipSync(content, { level: LEVEL }).length,
    zipBytes: headerBytes + deflateRawSync(content, { level: LEVEL }).length,
  };
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  } catch {
    throw new Error(`There is no built extension in ${folder}: npm run build makes one.`);
  }
}
