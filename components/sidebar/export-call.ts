/** The whole call as a file, as copies are written: labelled, and redacted by the agent's rules. */
import { wholeCall } from './call-entries.ts';
import type { CallModel } from './call-model.ts';
import { partyNumber } from './call-state.ts';
import { fileName } from './save-file.ts';
import type { WriteOut } from './write-out.ts';

export type CallFile = { name: string; mime: string; text: string };

export function exportCall(call: CallModel, formatId: string, { entries }: WriteOut): CallFile {
  const summary = call.summary.peek();
  const { text, mime, extension } = entries(summary, wholeCall(call), { whole: true, formatId });
  const party = partyNumber(summary.parties) ?? summary.id;
  return { name: fileName({ party, startedAtMs: summary.startedAtMs }, extension), mime, text };
}
