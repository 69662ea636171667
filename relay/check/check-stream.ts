/** One stream's way to the platform, up to events that can be read. What lies behind a poor hop cannot be told. */
import type { StreamConfig } from '../config/config.ts';
import { createPlatformTokenReader, type PlatformToken } from '../upstream/platform-token.ts';
import type { Hop, OnHop } from './hop.ts';
import { type ListenOptions, listenToPlatform } from './listen-to-platform.ts';
import { reachHost } from './reach-host.ts';
import { describeReading } from './reading.ts';
import { remedyOfEnd } from './upgrade-remedy.ts';

export type StreamCheckOptions = ListenOptions & { nowMs: number };

export async function checkStream(
  { name, url, token: source, fieldMap }: StreamConfig,
  { nowMs, ...listening }: StreamCheckOptions,
  onHop: OnHop,
): Promise<void> {
  const tell = (hop: Omit<Hop, 'stream'>) => {
    onHop({ ...hop, stream: name });
    return hop.tone !== 'poor';
  };

  const token = await createPlatformTokenReader(source)();
  if (!tell(describeToken(token, nowMs)) || !token.ok) return;
  if (!tell(await reachHost(new URL(url), listening.answerMs))) return;

  const heard = await listenToPlatform(url, token.token, listening);
  if (!heard.hasOpened) {
    const { detail, remedy } = remedyOfEnd(heard.end);
    tell({ hop: 'upgrade', tone: 'poor', text: `${detail}.`, remedy });
    return;
  }
  tell({
    hop: 'upgrade',
    tone: 'good',
    text: 'The platform takes the token and opens the script’s WebSocket.',
  });
  if (heard.end !== undefined) {
    const { detail, remedy } = remedyOfEnd(heard.end);
    tell({ hop: 'events', tone: 'poor', text: `The connection did not last. ${detail}.`, remedy });
    return;
  }
  if (heard.frames.length === 0) {
    const text = `Nothing came within ${listening.listenMs / 1_000} s: no call is being transcribed now.`;
    tell({
      hop: 'events',
      tone: 'unknown',
      text,
      remedy: 'Make a call that is transcribed, then check again.',
    });
    return;
  }
  tell({ hop: 'events', tone: 'good', text: `Events arrive: ${heard.frames.length} in a few seconds.` });
  tell(describeReading(heard.frames, fieldMap));
}

function describeToken(token: PlatformToken, nowMs: number): Hop {
  const hop = 'token';
  if (!token.ok) {
    const remedy =
      'Put the platform’s token, alone, into the file that "upstream.tokenFile" names; the relay must be allowed to read it.';
    return { hop, tone: 'poor', text: `${token.problem}.`, remedy };
  }
  const { expiresAtMs } = token;
  if (expiresAtMs === undefined) {
    return { hop, tone: 'good', text: 'The platform’s token can be read; it does not say when it expires.' };
  }
  const moment = new Date(expiresAtMs).toISOString();
  return expiresAtMs <= nowMs
    ? {
        hop,
        tone: 'poor',
        text: `The platform’s token expired at ${moment}.`,
        remedy: 'Put a new one into the file.',
      }
    : { hop, tone: 'good', text: `The platform’s token can be read; it expires at ${moment}.` };
}
