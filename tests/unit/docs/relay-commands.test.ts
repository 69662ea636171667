/** What the README tells who runs a relay to type, typed: from a token to an agent who is greeted. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { decodeRelayFrame } from '../../../utils/protocol/codec.ts';
import { readSetup } from '../../../utils/protocol/setup-link.ts';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';
import { reportOf } from '../bench/bench-run.ts';
import { codeBlocks } from './documents.ts';
import { commands } from './read-commands.ts';
import { runScript } from './run-script.ts';

const TYPED_MS = 60_000;

/** The arguments of the first command of that document that begins so. */
function argumentsOf(document: string, start: string): string[] {
  const found = commands.find((one) => one.document === document && one.text.startsWith(start));
  if (found === undefined) throw new Error(`${document} has no ${start}`);
  return found.words.slice(found.words.indexOf('--') + 1);
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'earshot-docs-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** A line that is indented stands below what it is. */
function below(text: string, heading: string): string {
  return text.slice(text.indexOf(heading)).split('\n')[1]?.trim() ?? '';
}

test('a setup link holds the address, the name and the token that it was made for', async () => {
  const { code, out } = await runScript('relay', argumentsOf('README.md', 'npm run relay -- token new'))
    .ended;
  expect(code).toBe(0);
  const read = readSetup(below(out, 'Or the setup link'));
  expect(read).toMatchObject({
    ok: true,
    setup: { relay: 'wss://relay.example.com', name: 'Front desk', token: below(out, 'Token for Alice') },
  });
});

test('token, configuration, check and start lead to an agent who is greeted', {
  timeout: TYPED_MS,
}, async () => {
  const simulate = argumentsOf('docs/relay.md', 'npm run simulate -- --port');
  simulate[simulate.indexOf('--port') + 1] = '0';
  const platform = runScript('simulate', simulate);
  const url = await platform.untilSays('ready ');

  const made = await runScript('relay', argumentsOf('docs/relay.md', 'npm run relay -- token new')).ended;
  const token = below(made.out, 'Token for Alice');
  const [written = ''] = codeBlocks('README.md', 'json');
  const config = {
    ...JSON.parse(written),
    listen: { host: '127.0.0.1', port: 0 },
    upstream: { url },
    agents: [JSON.parse(below(made.out, 'Entry for'))],
  };
  const path = join(folder(), 'relay.json');
  writeFileSync(path, JSON.stringify(config));
  const env = { EARSHOT_PLATFORM_TOKEN: simulate[simulate.indexOf('--token') + 1] ?? '' };
  const at = (args: string[]) => args.map((arg) => (arg === 'relay.json' ? path : arg));

  const checked = await runScript('relay', at(argumentsOf('README.md', 'npm run relay -- check')), env).ended;
  expect(checked.code, checked.out).toBe(0);

  const relay = runScript('relay', at(argumentsOf('README.md', 'npm run relay -- --config')), env);
  const address = await relay.untilSays('ready ');
  const socket = new WebSocket(address, offerProtocols(token));
  onTestFinished(() => socket.close());
  const greeting = await new Promise<unknown>((resolve, reject) => {
    socket.onmessage = ({ data }) => resolve(data);
    socket.onerror = () => reject(new Error('the relay refused'));
  });
  expect(decodeRelayFrame(greeting)).toMatchObject({ ok: true, frame: { type: 'hello', agent: 'Alice' } });

  relay.end('SIGTERM');
  expect((await relay.ended).code).toBe(0);
});

test('two runs of the bench are held beside each other', async () => {
  const path = folder();
  const [one, other] = argumentsOf('docs/performance.md', 'npm run bench -- --compare').slice(1);
  const files = [one, other].map((name) => join(path, name ?? 'missing.json'));
  for (const file of files) writeFileSync(file, JSON.stringify(reportOf({ cost: 1 })));
  const { code, out } = await runScript('bench', ['--compare', ...files]).ended;
  expect(code).toBe(0);
  expect(out).toContain('cost');
});

test.each(['relay', 'simulate', 'demo'])('npm run %s -- --help explains itself', async (script) => {
  const { code, out } = await runScript(script, ['--help']).ended;
  expect([code, out]).toEqual([0, expect.stringContaining(`npm run ${script}`)]);
});
