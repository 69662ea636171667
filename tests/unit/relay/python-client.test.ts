import { beforeAll, describe, expect, test } from 'vitest';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';
import { guideClient, requirePython, runPython } from '../guide-client.ts';
import { ALICE_TOKEN, startTestRelay } from './relay-under-test.ts';

beforeAll(requirePython);

/** The guide's client with an agent's token as subprotocol in place of the platform's in a header. */
function clientFor(url: string, token: string): string {
  return guideClient
    .replace('wss://app.connexcs.com/api/cp/scriptforge/10141', url)
    .replace(
      'header={"Authorization": f"Bearer {TOKEN}"}',
      `subprotocols=${JSON.stringify(offerProtocols(token))}`,
    );
}

describe("the guide's Python client at the relay", () => {
  test('prints the greeting and every event, without ever saying a word', async () => {
    const { relay, platform, untilUp } = await startTestRelay();
    await untilUp();
    const { lines } = runPython(clientFor(relay.url, ALICE_TOKEN));
    await expect.poll(() => lines().some((line) => line.includes('"hello"')), { timeout: 20_000 }).toBe(true);
    for (let number = 1; number <= 50; number += 1) platform.say(JSON.stringify({ text: `line ${number}` }));
    const texts = () =>
      lines()
        .filter((line) => line.startsWith('{"type":"events"'))
        .flatMap((line) => (JSON.parse(line) as { events: { data: { text: string } }[] }).events)
        .map(({ data }) => data.text);
    await expect.poll(() => texts().length, { timeout: 20_000 }).toBe(50);
    expect(texts()).toEqual(Array.from({ length: 50 }, (_, index) => `line ${index + 1}`));
  });

  test('is refused with 401 where the token is not known', async () => {
    const { relay } = await startTestRelay();
    const { lines } = runPython(clientFor(relay.url, 'not-a-token'));
    await expect.poll(() => lines()[0], { timeout: 20_000 }).toMatch(/^\[ERROR\] Handshake status 401 /);
  });
});
