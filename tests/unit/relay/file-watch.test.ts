import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { watchFile } from '../../../relay/config/file-watch.ts';
import { until } from './until.ts';

/** Time for more than one look, in which nothing should be told. */
const pollsPass = () => new Promise((resolve) => setTimeout(resolve, 1_200));

/** A watched file that holds `1`, which is known. */
async function setUp(knownText = '1') {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-watch-'));
  const path = join(folder, 'file');
  await writeFile(path, '1');
  const told: string[] = [];
  const watch = watchFile(path, knownText, {
    onText: (text) => void told.push(text),
    onUnreadable: (reason) => void told.push(reason),
  });
  onTestFinished(async () => {
    watch.stop();
    await rm(folder, { recursive: true, force: true });
  });
  /** Whole at once, as no write in place is. */
  async function put(text: string): Promise<void> {
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  }
  return { ...watch, path, told, put };
}

test('a file written in place is told, and one put in its place by a rename', async () => {
  const { path, told, put } = await setUp();
  await writeFile(path, '2');
  await until(() => expect(told.at(-1)).toBe('2'));
  await put('3');
  await until(() => expect(told.at(-1)).toBe('3'));
});

test('what changed between the first reading and the watching is told', async () => {
  const { told } = await setUp('0');
  await until(() => expect(told).toEqual(['1']));
});

test('a file that was only touched is not told', async () => {
  const { path, told, put } = await setUp();
  await utimes(path, 1, 1);
  await pollsPass();
  await put('2');
  await until(() => expect(told).toEqual(['2']));
});

test('a file that is gone is told once, and its return only if it is another', async () => {
  const { path, told, put } = await setUp();
  await rm(path);
  await until(() => expect(told).toEqual(['ENOENT']));
  await pollsPass();
  await put('1');
  await pollsPass();
  await put('2');
  await until(() => expect(told).toEqual(['ENOENT', '2']));
});

test('asked to read, it tells the content at once, changed or not', async () => {
  const { readNow, told } = await setUp();
  readNow();
  await until(() => expect(told).toEqual(['1']));
});

test('after stop nothing is told', async () => {
  const { told, put, stop, readNow } = await setUp();
  stop();
  readNow();
  await put('2');
  await pollsPass();
  expect(told).toEqual([]);
});
