/** The Python client of the platform's guide, run as it is with only what a user must put in replaced. */
import { spawn, spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { writeTemporary } from './demo/simulator/scripts.ts';

const python = '/usr/bin/python3';

/** The client of the platform's guide; URL and token are all that is put in. */
export const guideClient = `import websocket
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

/** Throws where Python or its websocket-client is missing, with what installs it. */
export function requirePython(): void {
  const { status } = spawnSync(python, ['-c', 'import websocket']);
  if (status !== 0) {
    throw new Error(
      `${python} cannot import websocket: install it with "apt-get install python3-websocket".`,
    );
  }
}

/** Runs a client until it ends or the test does; `lines` are what it has printed, without their times. */
export function runPython(source: string) {
  const child = spawn(python, ['-u', writeTemporary('client.py', source)]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    printed += part;
  });
  return { child, lines: () => printed.split('\n').map((line) => line.replace(/^\[\d{4}-[^\]]*\] /, '')) };
}
