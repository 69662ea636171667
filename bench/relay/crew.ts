/** The platform and the load processes as the bench commands them: each command resolves with its answer. */
import type { ChildProcess } from 'node:child_process';
import { forkModule } from '../children.ts';
import {
  decodeLoadReport,
  decodePlatformReport,
  type LoadCommand,
  type Mark,
  type PlatformCommand,
  type SubjectName,
} from './messages.ts';
import type { Subject } from './subjects.ts';

/** Without anybody who listens; less than a NATS takes. */
const FILL_PER_SECOND = 5_000;

export type Crew = Awaited<ReturnType<typeof startCrew>>;

export async function startCrew(loads: number) {
  /** What a child is to say next. */
  const awaited = new Map<string, { fulfil: (value: unknown) => void; reject: (error: Error) => void }>();
  const delivered = new Map<string, number>();
  /** The phase that runs, and what was delivered before it. */
  let saturated: { subject: SubjectName; before: number } | undefined;

  function answer<Value>(key: string): Promise<Value> {
    return new Promise((fulfil, reject) => {
      awaited.set(key, { fulfil: fulfil as (value: unknown) => void, reject });
    });
  }
  const settle = (key: string, value: unknown) => awaited.get(key)?.fulfil(value);

  const platformPort = answer<number>('listening');
  const platform = forkModule('relay/platform.ts', (raw) => {
    const report = decodePlatformReport(raw);
    if (report.kind === 'listening') settle('listening', report.port);
    else settle('paused', report.next);
  });
  const loadProcesses = Array.from({ length: loads }, (_, load) =>
    forkModule('relay/load.ts', (raw) => {
      const report = decodeLoadReport(raw);
      if (report.kind === 'connected') settle(`connected ${load}`, undefined);
      else if (report.kind === 'failed') awaited.get(`connected ${load}`)?.reject(new Error(report.reason));
      else if (report.kind === 'marked') settle(`marked ${load}`, report);
      else {
        delivered.set(`${report.subject} ${load}`, report.deliveries);
        if (saturated?.subject !== report.subject) return;
        tell(platform, { kind: 'delivered', deliveries: deliveriesOf(report.subject) - saturated.before });
      }
    }),
  );

  const deliveriesOf = (subject: SubjectName) =>
    loadProcesses.reduce((sum, _, load) => sum + (delivered.get(`${subject} ${load}`) ?? 0), 0);

  async function sendUntilPaused(command: PlatformCommand): Promise<number> {
    const next = answer<number>('paused');
    tell(platform, command);
    return next;
  }

  return {
    platformPort: await platformPort,
    /** Resolves with the number of the subject's next event. */
    fill: (subject: SubjectName, events: number, eventsPerSecond = FILL_PER_SECOND) =>
      sendUntilPaused({ kind: 'fill', subject, events, eventsPerSecond }),
    setNumbers: (subject: SubjectName, numbers: number) =>
      tell(platform, { kind: 'numbers', subject, numbers }),
    pause(): Promise<number> {
      saturated = undefined;
      return sendUntilPaused({ kind: 'pause' });
    },
    saturate(subject: SubjectName, receivers: number, window: number): void {
      saturated = { subject, before: deliveriesOf(subject) };
      tell(platform, { kind: 'saturate', subject, receivers, window });
    },
    pace(subject: SubjectName, eventsPerSecond: number): void {
      tell(platform, { kind: 'pace', subject, eventsPerSecond });
    },
    /** Shared out among the load processes. */
    async connect({ name, port, tokens }: Subject, clients: number, nextEvent: number): Promise<void> {
      const share = Math.ceil(clients / loads);
      const all = loadProcesses.map((child, load) => {
        const connected = answer<void>(`connected ${load}`);
        const firstClient = share * load;
        const own = Math.max(0, Math.min(share, clients - firstClient));
        tell(child, {
          kind: 'connect',
          subject: name,
          port,
          tokens,
          clients: own,
          firstClient,
          ofClients: clients,
          nextEvent,
        });
        return connected;
      });
      await Promise.all(all);
    },
    mark(subject: SubjectName): Promise<Mark[]> {
      return Promise.all(
        loadProcesses.map((child, load) => {
          const marked = answer<Mark>(`marked ${load}`);
          tell(child, { kind: 'mark', subject });
          return marked;
        }),
      );
    },
  };
}

function tell(child: ChildProcess, message: PlatformCommand | LoadCommand): void {
  child.send(message);
}
