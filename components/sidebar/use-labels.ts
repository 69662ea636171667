/** What the sides of a call are called, as a signal. */
import { type ReadonlySignal, useComputed } from '@preact/signals';
import type { CallModel } from './call-model.ts';
import { useDesk } from './context.ts';
import { type Labels, labelsOf } from './speaker-label.ts';

export function useLabels(call: CallModel): ReadonlySignal<Labels> {
  const { preferences } = useDesk();
  // A call's summary is new with every line, its direction is not.
  const direction = useComputed(() => call.summary.value.parties.direction ?? 'unknown');
  return useComputed(() => labelsOf(direction.value, preferences.value.labels));
}
