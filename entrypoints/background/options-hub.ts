/** The ports of open settings pages: each may watch one relay, hears how far the agent has come, and asks for more. */
import * as v from 'valibot';
import type { IncomingPort } from '../../utils/browser/ports.ts';
import type { Diagnosis } from '../../utils/messaging/diagnosis.ts';
import {
  type FromOptions,
  fromOptions,
  OPTIONS_PORT,
  type ToOptions,
} from '../../utils/messaging/options-port.ts';
import type { LoggedEvent } from '../../utils/transcript/event-log.ts';
import { type Clock, createCoalescer } from './coalescer.ts';
import type { RelayRoom } from './relay-room.ts';
import type { Progress } from './setup-progress.ts';

export type WatchedRoom = Pick<RelayRoom, 'store' | 'log' | 'relayFieldMap'>;

export type OptionsHubDeps = {
  clock: Clock;
  /** Resolves once the rooms are there. */
  ready: Promise<void>;
  /** The room of this relay and no other. */
  roomOf(relayId: string): WatchedRoom | undefined;
  progress(): Progress;
  forget(): Promise<void>;
  diagnose(): Promise<Diagnosis>;
  /** Stores preferences that a page did not come to store. */
  save(part: Readonly<Record<string, unknown>>): void;
  /** Other relays are watched now than before. */
  watchChanged(): void;
};

export type OptionsHub = {
  /** Takes a port, or closes it where it is not a page of ours. */
  take(port: IncomingPort): void;
  /** The relays that are watched. */
  watched(): ReadonlySet<string>;
  /** There may be other rooms than before. */
  roomsChanged(): void;
  progressChanged(): void;
};

type OpenPage = { relayId: string | undefined; look(): void; tellProgress(): void };

/** More than these are not held by a log either. */
const MAX_EVENTS = 50;

export function createOptionsHub(deps: OptionsHubDeps): OptionsHub {
  const pages = new Set<OpenPage>();

  function take(port: IncomingPort): void {
    if (port.name !== OPTIONS_PORT || !port.senderIsOurPage) return port.close();
    let isOpen = true;
    let room: WatchedRoom | undefined;
    let leave: (() => void)[] = [];
    let fresh: LoggedEvent[] = [];
    let lastProgress = '';
    let unsaved: Readonly<Record<string, unknown>> = {};
    const page: OpenPage = { relayId: undefined, look, tellProgress };
    const tellEvents = createCoalescer(deps.clock, () => {
      const events = fresh.slice(-MAX_EVENTS);
      fresh = [];
      if (page.relayId !== undefined && events.length > 0)
        tell({ type: 'events', relayId: page.relayId, events });
    });

    function tell(message: ToOptions): void {
      if (isOpen) port.post(message);
    }

    function leaveRoom(): void {
      for (const undo of leave) undo();
      leave = [];
      fresh = [];
      room = undefined;
    }

    /** Watches the room that the page's relay has now. */
    function look(): void {
      const { relayId } = page;
      const next = relayId === undefined ? undefined : deps.roomOf(relayId);
      if (next === room) return;
      leaveRoom();
      room = next;
      if (relayId === undefined || next === undefined) return;
      const tellState = () => {
        const { relay, platform } = next.store.status();
        tell({ type: 'watched', relayId, relay, platform, relayFieldMap: next.relayFieldMap() });
      };
      tellState();
      tell({ type: 'events', relayId, events: [...next.log.events()] });
      leave = [
        next.store.onStatus(tellState),
        next.log.onAdded((event) => {
          fresh.push(event);
          tellEvents();
        }),
      ];
    }

    function tellProgress(): void {
      const progress = deps.progress();
      if (JSON.stringify(progress) === lastProgress) return;
      lastProgress = JSON.stringify(progress);
      tell({ type: 'progress', ...progress });
    }

    async function act(message: Exclude<FromOptions, { type: 'unsaved' }>): Promise<void> {
      switch (message.type) {
        case 'watch':
          page.relayId = message.relayId;
          leaveRoom();
          look();
          return deps.watchChanged();
        case 'forget':
          await deps.forget();
          return tell({ type: 'forgotten' });
        case 'diagnose':
          return tell({ type: 'diagnosis', diagnosis: await deps.diagnose() });
      }
    }

    port.onClosed(() => {
      isOpen = false;
      leaveRoom();
      if (Object.keys(unsaved).length > 0) deps.save(unsaved);
      if (pages.delete(page) && page.relayId !== undefined) deps.watchChanged();
    });
    port.onMessage((raw) => {
      const message = v.safeParse(fromOptions, raw);
      if (!message.success) return;
      const { output } = message;
      if (output.type === 'unsaved') unsaved = output.part;
      else void deps.ready.then(() => (isOpen ? act(output) : undefined));
    });
    void deps.ready.then(() => {
      if (!isOpen) return;
      pages.add(page);
      tellProgress();
    });
  }

  return {
    take,
    watched: () => new Set([...pages].flatMap(({ relayId }) => (relayId === undefined ? [] : [relayId]))),
    roomsChanged() {
      for (const page of pages) page.look();
    },
    progressChanged() {
      for (const page of pages) page.tellProgress();
    },
  };
}
