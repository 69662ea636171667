/** Who is said to have spoken a line. */
import { words } from '../../utils/browser/runtime.ts';
import type { LineEntry } from '../../utils/transcript/call.ts';

/** The speaker's own name where the platform gave one, else the side of the call. */
export function speakerLabel({ leg, speaker }: LineEntry): string {
  if (speaker !== undefined) return speaker;
  switch (leg) {
    case 'caller':
      return words('legCaller');
    case 'callee':
      return words('legCallee');
    case 'unknown':
      return words('legUnknown');
  }
}
