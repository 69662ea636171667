/** How far an agent has come who sets Earshot up, for the start page. */
import type { ToOptions } from '../../utils/messaging/options-port.ts';
import { countCalls } from './call-counts.ts';
import type { RelayRoom } from './relay-room.ts';
import type { OpenSidebar } from './sidebar-hub.ts';
import type { TabState } from './tab-toggle.ts';

export type Progress = Omit<Extract<ToOptions, { type: 'progress' }>, 'type'>;

export function setupProgress(
  tabs: ReadonlyMap<number, TabState>,
  sidebars: readonly OpenSidebar[],
  rooms: readonly Pick<RelayRoom, 'store'>[],
): Progress {
  const tabsOn = [...tabs.values()].filter((state) => state === 'on').length;
  const elsewhere = sidebars.filter(({ surface }) => surface !== 'overlay').length;
  return {
    sidebars: tabsOn + elsewhere,
    lines: rooms.reduce((sum, { store }) => sum + countCalls(store.calls()).lines, 0),
  };
}
