/** Rooms over settings that a test changes, with a socket for each relay that speaks as the test says. */
import { createRelayRoom, type RelayRoom } from '../../../entrypoints/background/relay-room.ts';
import { createRelayRooms } from '../../../entrypoints/background/relay-rooms.ts';
import { createStorageBudget } from '../../../entrypoints/background/storage-budget.ts';
import type { Socket } from '../../../utils/connection/relay-connection.ts';
import type { RelayFrame } from '../../../utils/protocol/frames.ts';
import { decodeSettings } from '../../../utils/settings/settings.ts';
import { createHandClock } from './hand-clock.ts';
import { createMemoryArea, type MemoryArea } from './memory-area.ts';

type GivenRelay = { id: string; address: string; fieldMap?: unknown };

export function relayOf(id: string, more: Partial<GivenRelay> = {}): GivenRelay {
  return { id, address: `wss://${id}.test`, ...more };
}

export function createRoomsWorld(settings: unknown = {}, area: MemoryArea = createMemoryArea()) {
  const clock = createHandClock();
  const sockets = new Map<string, Socket>();
  const changed: string[] = [];
  const world = { settings };
  const store = {
    read: async () => decodeSettings(world.settings),
    tokenOf: async () => 'agent-token',
  };
  const budget = createStorageBudget(8 * 1024 * 1024);
  const rooms = createRelayRooms({
    settings: store,
    area,
    makeRoom: (relayId) =>
      createRelayRoom(relayId, {
        settings: store,
        area,
        budget,
        connection: {
          ...clock,
          random: () => 0.5,
          fetch: () => Promise.reject(new TypeError('unreachable')),
          openSocket(url) {
            const socket: Socket = {
              binaryType: 'blob',
              onopen: null,
              onmessage: null,
              onclose: null,
              send() {},
              close: () => sockets.delete(host),
            };
            const host = URL.parse(url)?.host ?? '';
            sockets.set(host, socket);
            return socket;
          },
        },
        alert() {},
        changed: ({ id }) => changed.push(id),
        statusChanged() {},
      }),
  });
  return Object.assign(world, {
    clock,
    area,
    rooms,
    store,
    /** The rooms whose calls changed, in order. */
    changed,
    /** The hosts that are connected. */
    connected: () => [...sockets.keys()].sort(),
    /** The relay on this host opens its socket and says these frames. */
    speak(host: string, ...frames: RelayFrame[]): void {
      const socket = sockets.get(host);
      if (socket === undefined) throw new Error(`nobody is connected to ${host}`);
      const self = socket as WebSocket;
      socket.onopen?.call(self, new Event('open'));
      for (const frame of frames) {
        socket.onmessage?.call(self, new MessageEvent('message', { data: JSON.stringify(frame) }));
      }
    },
    room(id: string): RelayRoom {
      const room = rooms.all().find((one) => one.id === id);
      if (room === undefined) throw new Error(`there is no room ${id}`);
      return room;
    },
  });
}

/** A line as the relay's store takes it. */
export function said(callid: string, text: string, seq = 1) {
  return [{ seq, at: seq, data: { callid, text } }];
}
