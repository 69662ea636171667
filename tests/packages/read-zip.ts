/** What is in a zip: enough of the format for those that `wxt zip` writes (APPNOTE.TXT 4.3), without ZIP64. */
import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/** Contents by path, in the order of the zip's directory. Throws one sentence for what is no such zip. */
export function readZip(zip: Buffer): Map<string, Buffer> {
  const end = zip.length - END_BYTES;
  if (end < 0 || zip.readUInt32LE(end) !== END) throw new Error('This is no zip, or one with a comment.');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new Error("The zip's directory is broken.");
    const nameBytes = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    files.set(name, contentOf(zip, at, name));
    at += ENTRY_BYTES + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

/** `at`: its entry in the directory. */
function contentOf(zip: Buffer, at: number, name: string): Buffer {
  const header = zip.readUInt32LE(at + 42);
  const from = header + LOCAL_HEADER_BYTES + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20));
  const way = zip.readUInt16LE(at + 10);
  if (way === STORED) return packed;
  if (way === DEFLATED) return inflateRawSync(packed);
  throw new Error(`${name} is packed in a way that is not read here (${way}).`);
}
