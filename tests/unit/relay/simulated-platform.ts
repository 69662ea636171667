/** A platform that sends numbered lines to whoever is connected. */
import type { OpenUpstream } from '../../../relay/upstream/upstream-socket.ts';
import type { Machine, SimulatedTime } from './simulated-time.ts';

/** `latestMs`: when it could last have been read, had anybody been there. */
export type Line = { sentMs: number; latestMs: number };
type Connection = {
  machine: Machine;
  isGone: boolean;
  lastMs: number;
  unread: Set<Line>;
  hooks: Parameters<OpenUpstream>[2];
};

const LONGEST_WAY_MS = 40;

export type SimulatedPlatform = ReturnType<typeof createSimulatedPlatform>;

export function createSimulatedPlatform(time: SimulatedTime, random: () => number) {
  const lines: Line[] = [];
  const connections = new Set<Connection>();
  let isAway = false;

  /** In order, and not once the connection is gone. */
  function deliver(connection: Connection, run: () => void): void {
    connection.lastMs = Math.max(connection.lastMs, time.now() + 1 + Math.floor(random() * LONGEST_WAY_MS));
    time.at(connection.lastMs, () => !connection.isGone && run(), connection.machine);
  }

  function lose(connection: Connection): void {
    connections.delete(connection);
    connection.isGone = true;
    for (const line of connection.unread) line.latestMs = Math.max(line.latestMs, time.now());
  }

  const openFor =
    (machine: Machine): OpenUpstream =>
    (_url, _token, hooks) => {
      const connection: Connection = { machine, isGone: false, lastMs: 0, unread: new Set(), hooks };
      time.at(time.now() + 1 + Math.floor(random() * 100), () => {
        if (connection.isGone || machine.state === 'dead') return;
        if (isAway) return deliver(connection, () => hooks.onEnd({ kind: 'failed', code: 'ECONNREFUSED' }));
        connections.add(connection);
        deliver(connection, hooks.onOpen);
      });
      return {
        ping: () => deliver(connection, hooks.onPong),
        close: () => lose(connection),
        cut() {
          lose(connection);
          hooks.onEnd({ kind: 'closed', code: 1006 });
        },
      };
    };

  return {
    lines,
    openFor,
    connected: () => [...connections].map(({ machine }) => machine),
    sendLine(): void {
      const line: Line = { sentMs: time.now(), latestMs: time.now() + LONGEST_WAY_MS };
      lines.push(line);
      const text = String(lines.length);
      for (const connection of connections) {
        connection.unread.add(line);
        deliver(connection, () => {
          connection.unread.delete(line);
          line.latestMs = Math.max(line.latestMs, time.now());
          connection.hooks.onFrame(text);
        });
        line.latestMs = Math.max(line.latestMs, connection.lastMs);
      }
    },
    /** What is on its way is lost where the end is not clean. */
    cutAll(isClean: boolean): void {
      for (const connection of [...connections]) {
        if (isClean) connections.delete(connection);
        else lose(connection);
        const code = isClean ? 1001 : 1006;
        time.at(
          Math.max(connection.lastMs, time.now() + LONGEST_WAY_MS),
          () => connection.hooks.onEnd({ kind: 'closed', code }),
          connection.machine,
        );
      }
    },
    setAway(away: boolean): void {
      isAway = away;
    },
    /** Whoever was paused since then reads late what came meanwhile, a close too. */
    readLate(sinceMs: number): void {
      for (const line of lines.filter(({ sentMs }) => sentMs >= sinceMs)) {
        line.latestMs = Math.max(line.latestMs, time.now());
      }
    },
    /** A process died: its sockets close with it. */
    forget(machine: Machine): void {
      for (const connection of [...connections]) if (connection.machine === machine) lose(connection);
    },
  };
}
