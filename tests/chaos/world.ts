/** Everything there is: platform, relay, browser, the wires between them, and the calls that go on. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findBrowser } from '../../demo/launcher/find-browser.ts';
import { startSimulator } from '../../demo/simulator/start-simulator.ts';
import { type AgentBrowser, openAgentBrowser } from './agent-browser.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { waitUntil } from './patience.ts';
import type { Random } from './random.ts';
import { prepareRelay, type RelayProcess } from './relay-process.ts';
import { isConnected } from './sidebar-reader.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { startTraffic, type Traffic } from './traffic.ts';

export type ChaosWorld = {
  random: Random;
  ledger: Ledger;
  traffic: Traffic;
  relay: RelayProcess;
  agent: AgentBrowser;
  /** Between browser and relay, and between relay and platform. */
  toRelay: TcpProxy;
  toPlatform: TcpProxy;
  /** Resolves once no long freeze of the relay goes on. */
  relayAwake: Promise<void>;
  dropPlatform(): void;
  sendRaw(frame: string): void;
  /** Whether browser, relay and platform are all connected within `ms`. */
  isWholeWithin(ms: number): Promise<boolean>;
  say(line: string): void;
  close(): Promise<void>;
};

const extensionPath = resolve(import.meta.dirname, '../../.output/chrome-mv3');

/** All is up when it resolves, and the agent has the sidebar open; nobody speaks yet. */
export async function openChaosWorld(random: Random, say: (line: string) => void): Promise<ChaosWorld> {
  if (!existsSync(extensionPath)) throw new Error('There is no built extension: npm run build makes it.');
  const folder = mkdtempSync(join(tmpdir(), 'earshot-chaos-'));
  const builtPath = join(folder, 'extension');
  cpSync(extensionPath, builtPath, { recursive: true });
  const agentToken = randomBytes(16).toString('hex');
  const platformToken = randomBytes(16).toString('hex');
  const ledger = createLedger(() => performance.now());

  const simulator = await startSimulator({ port: 0, script: '10141', token: platformToken });
  const toPlatform = await startTcpProxy(simulator.port, {
    onUpgraded: ledger.connected,
    onClosed: ledger.disconnected,
  });
  const upstream = new URL(simulator.url);
  upstream.port = String(toPlatform.port);
  const relay = await prepareRelay({
    folder,
    upstreamUrl: upstream.href,
    platformToken,
    agentToken,
    onStarted: ledger.relayStarted,
    onDied: ledger.relayDied,
  });
  const toRelay = await startTcpProxy(relay.port, { onForwarded: ledger.relayHeard });
  await relay.start();
  const site = await startSite();
  const traffic = startTraffic({
    random,
    publish: simulator.publish,
    nextNumber: ledger.nextNumber,
    onLine: (callId, text) => ledger.sent(callId, text, isHeard()),
  });
  const isHeard = () => simulator.connections() === 1 && simulator.subscriptions() === 1;
  const agent = await openAgentBrowser({
    executablePath: findBrowser(process.env, say),
    extensionPath: builtPath,
    userDataFolder: join(folder, 'profile'),
    pageUrl: `${site.url}/one`,
    otherUrl: `${site.url}/two`,
  });
  say(`the relay's log: ${relay.logPath}`);
  await agent.enterRelay(`ws://127.0.0.1:${toRelay.port}/v1/stream`, agentToken);
  await agent.turnOn();

  return {
    random,
    ledger,
    traffic,
    relay,
    agent,
    toRelay,
    toPlatform,
    relayAwake: Promise.resolve(),
    dropPlatform: simulator.dropAll,
    sendRaw: simulator.sendRaw,
    isWholeWithin: (ms) => waitUntil(async () => isHeard() && isConnected(await agent.sidebar()), ms),
    say,
    async close() {
      traffic.stop();
      relay.thaw();
      await Promise.allSettled([agent.close(), relay.kill()]);
      agent.abandon();
      await Promise.allSettled([toRelay.stop(), toPlatform.stop(), simulator.stop(), site.stop()]);
      // The relay's log stays.
      const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 200 };
      for (const path of [builtPath, join(folder, 'profile')]) rmSync(path, removal);
    },
  };
}

/** Pages as plain as can be, which a browser may keep in its cache for the way back. */
async function startSite(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>A page</title><h1>A page</h1><textarea></textarea>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
