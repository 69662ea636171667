/** Who is said to have spoken a line. */
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { Preferences } from '../../utils/settings/preferences.ts';
import type { LineEntry } from '../../utils/transcript/call.ts';

export type Labels = { caller: string; callee: string };
export type LabelDirection = keyof Preferences['labels'];

/** Of an inbound call our side is the callee, of an outbound one the caller; else nobody can say. */
export const defaultLabels: Record<LabelDirection, { caller: MessageKey; callee: MessageKey }> = {
  inbound: { caller: 'legCaller', callee: 'legAgent' },
  outbound: { caller: 'legAgent', callee: 'legCallee' },
  unknown: { caller: 'legCaller', callee: 'legCallee' },
};

/** What the legs of a call are called: the user's own words, else ours. */
export function labelsOf(direction: LabelDirection, labels: Preferences['labels']): Labels {
  const own = labels[direction];
  const ours = defaultLabels[direction];
  return { caller: own.caller || words(ours.caller), callee: own.callee || words(ours.callee) };
}

/** The speaker's own name where the platform gave one, else the side of the call. */
export function speakerLabel({ leg, speaker }: LineEntry, labels: Labels): string {
  if (speaker !== undefined) return speaker;
  return leg === 'unknown' ? words('legUnknown') : labels[leg];
}
