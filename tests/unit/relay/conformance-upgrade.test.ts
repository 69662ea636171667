/** Upgrades that are none, byte by byte: each is answered with the right status, and the next client is served. */
import { expect, onTestFinished, test } from 'vitest';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';
import { listenRaw, sendRaw, upgradeLines } from './raw-client.ts';
import { useRelayOnTrial } from './relay-on-trial.ts';
import { ALICE_TOKEN } from './relay-under-test.ts';
import { until } from './until.ts';

const { port, expectGoodService } = useRelayOnTrial();

const offer = offerProtocols(ALICE_TOKEN).join(', ');
const ask = (instead: Record<string, string | undefined>) =>
  `${upgradeLines(ALICE_TOKEN, instead).join('\r\n')}\r\n\r\n`;
const withFirstLine = (line: string) => ask({}).replace('GET /v1/stream HTTP/1.1', line);
const named = (name: string, value: string | undefined) => ask({ [name]: value });

test.each<[string, number, string]>([
  ['without a key', 400, named('sec-websocket-key', undefined)],
  ['with a key that is too short', 400, named('sec-websocket-key', 'c2hvcnQ=')],
  ['with a key that is not base64', 400, named('sec-websocket-key', '!!!!!!!!!!!!!!!!!!!!!!==')],
  ['without a version', 400, named('sec-websocket-version', undefined)],
  ['of version 12', 400, named('sec-websocket-version', '12')],
  ['of a version in words', 400, named('sec-websocket-version', 'thirteen')],
  ['by POST', 405, withFirstLine('POST /v1/stream HTTP/1.1')],
  ['with a header of 100 KB', 431, named('x-long', 'x'.repeat(100_000))],
  ['with a token of 100 KB', 431, named('sec-websocket-protocol', `earshot.v1, ${'x'.repeat(100_000)}`)],
  ['with an address of 100 KB', 431, withFirstLine(`GET /${'x'.repeat(100_000)} HTTP/1.1`)],
  ['with two lengths', 400, ask({ 'content-length': '1, 2' })],
  ['with a line that is no header', 400, ask({}).replace('\r\n\r\n', '\r\nno header at all\r\n\r\n')],
  ['with the protocol offered twice', 400, named('sec-websocket-protocol', `${offer}, earshot.v1`)],
  ['in another tongue', 400, 'HELLO relay, may I come in?\r\n\r\n'],
])('an upgrade %s is answered %i', async (_name, status, request) => {
  const socket = sendRaw(port(), request);
  onTestFinished(() => void socket.destroy());
  const heard = listenRaw(socket);
  await until(() => expect(heard.status()).toBe(status));
  await until(() => expect(heard.isEnded()).toBe(true));
  await expectGoodService();
});

test('an upgrade of another version is told which are spoken', async () => {
  const heard = listenRaw(sendRaw(port(), named('sec-websocket-version', '99')));
  await until(() => expect(heard.head().toLowerCase()).toMatch(/sec-websocket-version: 13\b/));
});

test('an upgrade with a body: what was meant as a body is read as frames, and closed for it', async () => {
  const heard = listenRaw(sendRaw(port(), `${ask({ 'content-length': '5' })}hello`));
  await until(() => expect([heard.status(), heard.closeCode()]).toEqual([101, 1002]));
  await expectGoodService();
});

test('a plain request with a body is answered as one without', async () => {
  const request = ['GET /healthz HTTP/1.1', 'host: relay', 'connection: close', 'content-length: 100000'];
  const heard = listenRaw(sendRaw(port(), `${request.join('\r\n')}\r\n\r\n${'x'.repeat(100_000)}`));
  await until(() => expect([heard.status(), heard.isEnded()]).toEqual([200, true]));
  await expectGoodService();
});

test('an upgrade that offers compression is granted none', async () => {
  const socket = sendRaw(port(), ask({ 'sec-websocket-extensions': 'permessage-deflate' }));
  onTestFinished(() => void socket.destroy());
  const heard = listenRaw(socket);
  await until(() => expect(heard.status()).toBe(101));
  expect(heard.head().toLowerCase()).not.toContain('extensions');
});
