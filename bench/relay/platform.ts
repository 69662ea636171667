/**
 * The platform of the bench, a process of its own: whoever connects to `/<subject>` hears the subject's events, each
 * framed once and written to each listener. Nobody is asked for a token.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import nodeAdapter from 'crossws/adapters/node';
import { frameText } from '../../relay/clients/agent-socket.ts';
import { benchEvent, DEST_NUMBERS, nowUs } from './bench-event.ts';
import { decodePlatformCommand, type PlatformReport, type SubjectName, subjectNames } from './messages.ts';

const PACE_MS = 1;

type Feed = { listeners: Set<Duplex>; next: number; numbers: number };
const feeds = new Map<string, Feed>(
  subjectNames.map((name) => [`/${name}`, { listeners: new Set(), next: 0, numbers: DEST_NUMBERS }]),
);

function report(message: PlatformReport): void {
  process.send?.(message);
}

function feedOf(subject: SubjectName): Feed {
  const feed = feeds.get(`/${subject}`);
  if (feed === undefined) throw new Error(`no feed for ${subject}`);
  return feed;
}

function sendNext(feed: Feed): void {
  const frame = frameText(benchEvent(feed.next, nowUs(), feed.numbers));
  feed.next += 1;
  for (const connection of feed.listeners) connection.write(frame);
}

let running: { subject: SubjectName; stop: () => void; delivered: (deliveries: number) => void } | undefined;

function saturate(subject: SubjectName, receivers: number, window: number): void {
  const feed = feedOf(subject);
  const first = feed.next;
  const topUp = (deliveries: number) => {
    while ((feed.next - first) * receivers - deliveries < window) sendNext(feed);
  };
  running = { subject, stop: () => {}, delivered: topUp };
  topUp(0);
}

function pace(subject: SubjectName, eventsPerSecond: number): void {
  running = { subject, stop: sendSteadily(feedOf(subject), eventsPerSecond, () => {}), delivered: () => {} };
}

function fill(subject: SubjectName, events: number, eventsPerSecond: number): void {
  const feed = feedOf(subject);
  const end = feed.next + events;
  const stop = sendSteadily(
    feed,
    eventsPerSecond,
    () => {
      stop();
      report({ kind: 'paused', subject, next: feed.next });
    },
    end,
  );
}

/** Until it is stopped, or calls `onEnd` when the next event would be `end`. */
function sendSteadily(
  feed: Feed,
  eventsPerSecond: number,
  onEnd: () => void,
  end = Number.POSITIVE_INFINITY,
): () => void {
  const first = feed.next;
  const startUs = nowUs();
  const timer = setInterval(() => {
    const due = first + ((nowUs() - startUs) * eventsPerSecond) / 1e6;
    while (feed.next < Math.min(due, end)) sendNext(feed);
    if (feed.next >= end) onEnd();
  }, PACE_MS);
  return () => clearInterval(timer);
}

process.on('message', (raw) => {
  const command = decodePlatformCommand(raw);
  switch (command.kind) {
    case 'fill':
      fill(command.subject, command.events, command.eventsPerSecond);
      break;
    case 'numbers':
      feedOf(command.subject).numbers = command.numbers;
      break;
    case 'saturate':
      saturate(command.subject, command.receivers, command.window);
      break;
    case 'pace':
      pace(command.subject, command.eventsPerSecond);
      break;
    case 'delivered':
      running?.delivered(command.deliveries);
      break;
    case 'pause':
      if (running === undefined) break;
      running.stop();
      report({ kind: 'paused', subject: running.subject, next: feedOf(running.subject).next });
      running = undefined;
      break;
    default:
      command satisfies never;
  }
});
process.on('disconnect', () => process.exit(0));

const adapter = nodeAdapter({ idleTimeout: 0, hooks: {} });
const server = createServer();
server.on('upgrade', (request, socket, head) => {
  const feed = feeds.get(request.url ?? '');
  socket.on('error', () => socket.destroy());
  if (feed === undefined) {
    socket.destroy();
    return;
  }
  socket.on('close', () => feed.listeners.delete(socket));
  void adapter.handleUpgrade(request, socket, head).then(() => feed.listeners.add(socket));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  report({ kind: 'listening', port: (server.address() as AddressInfo).port }),
);
