/** The sidebar shrunk to a pill: whether all is well, and how many lines came since. */
import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import type { SidebarModel } from './model.ts';

export function Pill({ model, expand }: { model: SidebarModel; expand(): void }): JSX.Element {
  const countAtFirst = useMemo(() => countLines(model), [model]);
  const unread = useComputed(() => Math.max(0, countLines(model) - countAtFirst));
  const status = model.status.value;
  const isWell = status?.relay.name === 'connected' && status.platform.name === 'up';
  return (
    <button class="pill" type="button" data-pill title={words('expand')} onClick={expand}>
      <i class={`dot ${isWell ? 'live' : 'silent'}`} aria-hidden="true" />
      {unread.value === 0 ? words('sidebarTitle') : unreadWords(unread.value)}
    </button>
  );
}

function countLines(model: SidebarModel): number {
  return model.calls.value.reduce((sum, { summary }) => sum + summary.value.entryCount, 0);
}

function unreadWords(count: number): string {
  return count === 1 ? words('unreadLinesOne') : words('unreadLinesMany', count);
}
