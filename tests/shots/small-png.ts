/** A PNG of at most 256 colours, a third of what the browser writes: screenshots are kept in the repository. */
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';

type Indexed = { width: number; height: number; palette: number[]; pixels: string };

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** `png` is base64; any page of the browser can read it. */
export async function shrinkPng(page: Page, png: string): Promise<Buffer> {
  const { width, height, palette, pixels } = await page.evaluate(indexPixels, png);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, each the number of a colour.
  header.set([8, 3, 0, 0, 0], 8);
  const indexes = Buffer.from(pixels, 'base64');
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) indexes.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
  const colours = palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours)),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** Runs in the page: the commonest colours and the oddest; each other becomes the nearest of them. */
async function indexPixels(png: string): Promise<Indexed> {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(image, 0, 0);
  const data = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  const part = (at: number) => data[at] ?? 0;
  const colourAt = (at: number) => (part(at) << 16) | (part(at + 1) << 8) | part(at + 2);
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += 4) {
    counts.set(colourAt(at), (counts.get(colourAt(at)) ?? 0) + 1);
  }
  const colours = [...counts].sort(([a, many], [b, more]) => more - many || a - b).map(([colour]) => colour);
  const palette = colours.slice(0, 192);
  const distance = (a: number, b: number) =>
    ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2;
  // A dot of a few pixels is seen all the same: what is farthest from every colour there is comes in too.
  const far = colours.map((colour) => ({
    colour,
    least: Math.min(...palette.map((known) => distance(known, colour))),
  }));
  while (palette.length < Math.min(256, colours.length)) {
    const { colour: odd } = far.reduce((farthest, other) =>
      other.least > farthest.least ? other : farthest,
    );
    palette.push(odd);
    for (const one of far) one.least = Math.min(one.least, distance(odd, one.colour));
  }
  const indexOf = new Map<number, number>();
  for (const colour of counts.keys()) {
    const nearest = palette.reduce(
      (best, known) => (distance(known, colour) < distance(best, colour) ? known : best),
      palette[0] ?? 0,
    );
    indexOf.set(colour, palette.indexOf(nearest));
  }
  let pixels = '';
  for (let at = 0; at < data.length; at += 4) pixels += String.fromCharCode(indexOf.get(colourAt(at)) ?? 0);
  return { width, height, palette, pixels: btoa(pixels) };
}
