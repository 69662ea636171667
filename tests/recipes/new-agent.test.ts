/** The script that makes an agent's token for a plain pass-through. That proxies take its lines is shown with the proxies. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashToken } from '../../relay/access/authenticate.ts';

const script = join(import.meta.dirname, '../../relay/recipes/new-agent.sh');
const run = (...args: string[]) => spawnSync('sh', [script, ...args], { encoding: 'utf8' });

describe('new-agent.sh', () => {
  test.each(['haproxy', 'worker'])('knows the token for %s by its SHA-256, as the relay does', (proxy) => {
    const [token = '', line = ''] = run(proxy, 'Alice').stdout.split('\n');
    expect(token).toMatch(/^esh_[A-Za-z0-9_-]{43}$/);
    expect(line).toContain(hashToken(token));
    expect(line).not.toContain(token);
  });

  test('never makes a token twice', () => {
    const tokens = Array.from({ length: 5 }, () => run('nginx', 'Alice').stdout.split('\n')[0]);
    expect(new Set(tokens).size).toBe(5);
  });

  test.each([
    { why: 'no name', args: ['nginx'] },
    { why: 'a name that would end a text of the configuration', args: ['nginx', 'Alice" "Bob'] },
    { why: 'a name of two lines', args: ['haproxy', 'Alice\nBob'] },
    { why: 'another proxy', args: ['apache', 'Alice'] },
    { why: 'nothing', args: [] },
  ])('refuses $why, and prints no token', ({ args }) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });
});
