/** A platform behind TLS, one proxy in front of it by its recipe, and agents who come through. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { freePort } from '../free-port.ts';
import { type Agent, connectAgent } from './agent.ts';
import type { Certificate } from './certificates.ts';
import { watchLeaks } from './leaks.ts';
import { type Platform, startPlatform } from './platform.ts';
import type { PassThroughRecipe } from './proxies/recipe.ts';
import { runProxy } from './run-proxy.ts';
import type { Trust } from './trust.ts';

export type PassThrough = {
  platform: Platform;
  /** https:// address of the stream. */
  url: string;
  token: string;
  /** The extension's connection; with the agent's own token where none is given. */
  connect(token?: string): Agent;
};

/** Undoes something when the test is over; `context.onTestFinished` of vitest. */
export type OnFinished = (undo: () => void | Promise<void>) => void;

const PLATFORM_TOKEN = 'platform-secret-8d1f0c6a';
const script = join(import.meta.dirname, '../../relay/recipes/new-agent.sh');

/**
 * `certificate`: what the platform shows. When the test is over, none of the secrets may stand in what the proxy has
 * said or written.
 */
export async function openPassThrough(
  recipe: PassThroughRecipe,
  trust: Trust,
  onFinished: OnFinished,
  certificate: Certificate = trust.platform,
): Promise<PassThrough> {
  const { token, line } = createAgent(recipe.name);
  const platform = await startPlatform(PLATFORM_TOKEN, certificate);
  onFinished(() => platform.stop());
  const folder = mkdtempSync(join(tmpdir(), 'earshot-recipe-'));
  onFinished(() => rmSync(folder, { recursive: true }));
  const port = await freePort();
  const command = recipe.preparePassThrough({
    folder,
    port,
    certificate: trust.proxy,
    platformPort: platform.port,
    authorityFile: trust.authorityFile,
    platformToken: PLATFORM_TOKEN,
    agentLine: line,
  });
  const watch = watchLeaks(folder, recipe.ownCopy);
  const proxy = await runProxy(command, port);
  onFinished(async () => {
    await proxy.stop();
    const base64url = Buffer.from(token).toString('base64url');
    expect(watch.leaks(proxy.output(), [PLATFORM_TOKEN, token, base64url, 'base64url.bearer.'])).toEqual([]);
  });
  return {
    platform,
    url: `https://localhost:${port}/stream`,
    token,
    connect(shown = token) {
      const agent = connectAgent(`wss://localhost:${port}/stream`, shown, true);
      onFinished(() => agent.connection.stop());
      return agent;
    },
  };
}

function createAgent(proxy: string): { token: string; line: string } {
  const [token, line] = execFileSync('sh', [script, proxy, 'Alice'], { encoding: 'utf8' }).split('\n');
  if (token === undefined || line === undefined) throw new Error('new-agent.sh printed no two lines');
  return { token, line };
}
