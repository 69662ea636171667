/** App+ scripts for the tests, each in a file of its own that goes when the tests end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The script of the platform's guide, word for word. */
export const guideScript = `import { publish, subscribe } from 'cxPubSub'
import * as socket from 'cxWebSocket'

export async function onData(data) {
\tconsole.log({ data })
}

export async function main(data, ws) {
\tconsole.log('socketrun')

\t// Subscribe to all transcription events and forward them
\t// to the connected WebSocket client as they arrive.
\tconst subscription = subscribe('transcription', '*', msg => socket.send(msg))

\t// Keep the script alive until the client disconnects.
\tawait socket.waitForClose()
}
`;

/** Writes a file for the running test and gives its path. */
export function writeTemporary(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-simulator-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}
