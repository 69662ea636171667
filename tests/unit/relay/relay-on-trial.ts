/** A relay that is a process of its own, asked after each of its trials whether it still serves as it should. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { hashToken } from '../../../relay/access/authenticate.ts';
import { type RelayProcess, startRelayProcess } from '../../soak/relay-process.ts';
import { connectAgent } from './agent-connection.ts';
import { createFakePlatform } from './fake-platform.ts';
import { listenRaw, openRaw } from './raw-client.ts';
import { OP, rawFrame } from './raw-frames.ts';
import { ALICE_TOKEN } from './relay-under-test.ts';
import { until } from './until.ts';

/** One process for all tests of the file that calls it. At the end it must still be there, and end well. */
export function useRelayOnTrial() {
  let folder: string;
  let platform: Awaited<ReturnType<typeof createFakePlatform>>;
  let relay: RelayProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-trial-'));
    platform = await createFakePlatform();
    await writeFile(join(folder, 'platform.token'), 'platform-token-1');
    const config = {
      listen: { port: 0 },
      upstream: { url: platform.url, tokenFile: 'platform.token' },
      agents: [{ name: 'Alice', tokenSha256: hashToken(ALICE_TOKEN), calls: 'all' }],
      limits: { connectionsPerAgent: 1_000 },
    };
    await writeFile(join(folder, 'relay.json'), JSON.stringify(config));
    relay = await startRelayProcess(join(folder, 'relay.json'), join(folder, 'relay.log'));
    await until(() => expect(platform.connections()).toBe(1));
  });

  afterAll(async () => {
    expect(await relay.stop()).toBe(0);
    await platform.stop();
    const log = await readFile(join(folder, 'relay.log'), 'utf8');
    expect(log).not.toMatch(/uncaught|unhandled|\bat .*\(.*:\d+:\d+\)/i);
    await rm(folder, { recursive: true });
  });

  return {
    port: () => relay.port,

    /** The process is the same, its platform connected all the while, and a new client hears what the platform says. */
    async expectGoodService(): Promise<void> {
      const agent = connectAgent(relay.url, ALICE_TOKEN);
      await agent.ready();
      const word = `heard ${Math.random()}`;
      platform.say(word);
      await until(() => expect(agent.data()).toContain(word));
      agent.socket.close();
      expect([relay.ended(), platform.upgrades()]).toEqual([undefined, 1]);
    },

    /** A client that the relay has greeted and that has resumed. */
    async greeted() {
      const socket = openRaw(relay.port, ALICE_TOKEN);
      onTestFinished(() => void socket.destroy());
      const heard = listenRaw(socket);
      socket.write(rawFrame(OP.text, '{"type":"resume"}'));
      await until(() => expect(JSON.stringify(heard.said())).toContain('"resumed"'));
      return { socket, heard };
    },
  };
}
