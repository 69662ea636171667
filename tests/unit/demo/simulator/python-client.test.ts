import { once } from 'node:events';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Simulator, startSimulator } from '../../../../demo/simulator/start-simulator.ts';
import { guideClient, requirePython, runPython } from '../../guide-client.ts';
import { guideScript, writeTemporary } from './scripts.ts';

beforeAll(requirePython);

async function simulate(): Promise<Simulator> {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const simulator = await startSimulator({
    port: 0,
    script: '10141',
    token: 'eyJ.our.token',
    app: writeTemporary('app.js', guideScript),
    playback: { kind: 'lines', count: 200, ratePerSecond: 2000, callCount: 2 },
  });
  onTestFinished(() => simulator.stop());
  return simulator;
}

function runClient(source: string, { url, token }: Simulator) {
  return runPython(
    source.replace('wss://app.connexcs.com/api/cp/scriptforge/10141', url).replace('eyJhbGci...', token),
  );
}

describe("the guide's Python client", () => {
  test('prints every frame', async () => {
    const simulator = await simulate();
    const { child, lines } = runClient(guideClient, simulator);
    await expect.poll(() => lines().length, { timeout: 20_000 }).toBeGreaterThan(201);
    await simulator.stop();
    await once(child, 'exit');
    const [connected, ...rest] = lines();
    expect(connected).toBe('Connected');
    const texts = rest.slice(0, 200).map((line) => (JSON.parse(line) as { text: string }).text);
    expect(texts).toEqual(simulator.finalsSent().map(({ text }) => text));
    expect(rest[200]).toBe('[CLOSED] code=1001 reason=the simulator stops');
  });

  test('is refused with 401 without the header', async () => {
    const without = guideClient.replace('    header={"Authorization": f"Bearer {TOKEN}"},\n', '');
    expect(without).not.toBe(guideClient);
    const { child, lines } = runClient(without, await simulate());
    await once(child, 'exit');
    expect(lines()[0]).toMatch(/^\[ERROR\] Handshake status 401 /);
  });

  test('is refused with 401 once its token has expired', async () => {
    const simulator = await startSimulator({ port: 0, script: '10141', tokenTtlMs: 1 });
    onTestFinished(() => simulator.stop());
    await new Promise((later) => setTimeout(later, 20));
    const { child, lines } = runClient(guideClient, simulator);
    await once(child, 'exit');
    expect(lines()[0]).toMatch(/^\[ERROR\] Handshake status 401 /);
  });
});
