/** What the foot says after something was copied, or could not be. */
import { words } from '../../utils/browser/runtime.ts';
import type { Notice } from './sidebar-state.ts';

/** `copied`: what to say where it was; `hiddenCount`: in how many of its parts something was blotted out. */
export function copiedNotice(isCopied: boolean, copied: string, hiddenCount = 0): Notice {
  if (!isCopied) return { text: words('copyFailed'), tone: 'failed', help: 'insertion' };
  return { text: hiddenCount === 0 ? copied : words('copiedHidden', copied), tone: 'done' };
}
