/** What every part of the sidebar needs: the time, the preferences, and a way to say something. */
import type { ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FromSidebar } from '../../utils/messaging/sidebar-port.ts';
import type { Surface } from '../../utils/messaging/surface.ts';
import type { Policy } from '../../utils/settings/policy.ts';
import type { Preferences } from '../../utils/settings/preferences.ts';

export type Desk = {
  /** The time of day, once a second. */
  now: ReadonlySignal<number>;
  preferences: ReadonlySignal<Preferences>;
  prefer(part: Partial<Preferences>): void;
  /** What the administrator set. */
  policy: ReadonlySignal<Policy>;
  surface: Surface;
  say(message: FromSidebar): void;
};

const DeskContext = createContext<Desk | undefined>(undefined);

export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('A part of the sidebar stands outside of it.');
  return desk;
}
