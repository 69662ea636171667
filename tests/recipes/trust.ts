/** The certificates of a test file: made once, and believed by this process, which is where the agents are. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll } from 'vitest';
import { createAuthority } from './certificates.ts';

/** The platform's name in the recipes. */
const PLATFORM_NAME = 'app.connexcs.com';

/** To be called at the top of a test file. */
export function createTrust() {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-trust-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const good = createAuthority(folder, 'authority');
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(good.certFile, 'utf8')]);
  return {
    authorityFile: good.certFile,
    /** What proxies show to agents. */
    proxy: good.sign('proxy', ['localhost']),
    /** What relays show to a balancer. */
    relays: good.sign('relays', ['relays.internal']),
    platform: good.sign('platform', [PLATFORM_NAME]),
    /** As the platform's, signed by somebody nobody knows. */
    stranger: createAuthority(folder, 'stranger').sign('strange-platform', [PLATFORM_NAME]),
    /** Signed by whom the proxy believes, for somebody else. */
    otherName: good.sign('other-name', ['app.example.com']),
  };
}

export type Trust = ReturnType<typeof createTrust>;
