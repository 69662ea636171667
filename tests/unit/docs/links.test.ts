/** Links and pictures of the documents lead to what is there, with the heading that they name; so do names of files. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { codeSpans, documents, root, tokensOf } from './documents.ts';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');
const basenames = new Set(files.map((file) => basename(file)));
const folders = new Set(files.map((file) => file.split('/', 1)[0]));

/** As GitHub names a page's headings. */
function anchorsOf(path: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = tokensOf(path).flatMap((token) => {
    if (token.type !== 'heading') return [];
    const plain = String(token['text']).replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return [count === 0 ? slug : `${slug}-${count}`];
  });
  return new Set(anchors);
}

function targetsOf(path: string): string[] {
  return tokensOf(path).flatMap((token) =>
    token.type === 'link' || token.type === 'image' ? [String(token['href'])] : [],
  );
}

test.each(documents)('%s leads to what is there', (path) => {
  const broken = targetsOf(path).filter((href) => {
    if (/^(?:https|mailto):/.test(href)) return false;
    const [file = '', anchor] = href.split('#');
    const target = file === '' ? path : posix.join(dirname(path), file);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !(target.endsWith('.md') && anchorsOf(target).has(anchor));
  });
  expect(broken).toEqual([]);
});

/** A name of an own file or folder: it begins with a folder of the root, or is a module's own name. */
function isMissing(span: string): boolean {
  if (/^[\w-]+(?:\.[\w-]+)*\.tsx?$/.test(span)) return !basenames.has(span);
  const isPath = /^\.?\w[\w.-]*\/[\w./*-]*$/.test(span) && folders.has(span.split('/', 1)[0]);
  return isPath && !span.includes('*') && !existsSync(join(root, span));
}

test.each(documents)('%s names files that are there', (path) => {
  expect(codeSpans(path).filter(isMissing)).toEqual([]);
});
