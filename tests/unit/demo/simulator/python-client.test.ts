import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Simulator, startSimulator } from '../../../../demo/simulator/start-simulator.ts';
import { guideScript, writeTemporary } from './scripts.ts';

const python = '/usr/bin/python3';

/** The client of the platform's guide; URL and token are all that is put in. */
const guideClient = `import websocket
import datetime

URL = "wss://app.connexcs.com/api/cp/scriptforge/10141" # ← your script ID
TOKEN = "eyJhbGci..." # ← your JWT token

def on_open(ws):
    print(f"[{datetime.datetime.now()}] Connected")

def on_message(ws, message):
    print(f"[{datetime.datetime.now()}] {message}")

def on_error(ws, error):
    print(f"[ERROR] {error}")

def on_close(ws, code, reason):
    print(f"[CLOSED] code={code} reason={reason}")

ws = websocket.WebSocketApp(
    URL,
    header={"Authorization": f"Bearer {TOKEN}"},
    on_open=on_open,
    on_message=on_message,
    on_error=on_error,
    on_close=on_close
)

ws.run_forever()
`;

beforeAll(() => {
  const { status } = spawnSync(python, ['-c', 'import websocket']);
  if (status !== 0) {
    throw new Error(
      `${python} cannot import websocket: install it with "apt-get install python3-websocket".`,
    );
  }
});

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
  const text = source
    .replace('wss://app.connexcs.com/api/cp/scriptforge/10141', url)
    .replace('eyJhbGci...', token);
  const child = spawn(python, ['-u', writeTemporary('client.py', text)]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    printed += part;
  });
  return { child, lines: () => printed.split('\n').map((line) => line.replace(/^\[\d{4}-[^\]]*\] /, '')) };
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
});
