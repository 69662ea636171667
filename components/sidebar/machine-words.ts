/** What is said of the work of the browser's models. */
import { type MessageKey, uiLanguage, words } from '../../utils/browser/runtime.ts';
import type { MachineFailure, MachineState, MachineTask } from './machine-work.ts';

export const machineTitles: Record<MachineTask['kind'], MessageKey> = {
  summary: 'machineSummaryTitle',
  translation: 'machineTranslationTitle',
};

export const failureWords: Record<MachineFailure, MessageKey> = {
  unavailable: 'machineUnavailable',
  'not-allowed': 'machineNotAllowed',
  'no-room': 'machineNoRoom',
  network: 'machineNetwork',
  failed: 'machineFailed',
};

type Busy = Extract<MachineState, { name: 'loading' | 'working' }>;

export function busyWords(state: Busy): string {
  if (state.name === 'working') {
    const { done, total } = state;
    return total < 2 ? words('machineWorking') : words('machineWorkingPart', done + 1, total);
  }
  if (state.share === 0) return words('machineLoading');
  const percent = new Intl.NumberFormat(uiLanguage(), { style: 'percent' });
  return words('machineLoadingPart', percent.format(state.share));
}

/** From 0 to 1; undefined while nobody can tell. */
export function busyShare(state: Busy): number | undefined {
  if (state.name === 'loading') return state.share === 0 ? undefined : state.share;
  return state.total < 2 ? undefined : state.done / state.total;
}
