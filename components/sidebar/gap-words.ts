/** A loss in words: how long, from when to when, and what it means. */
import { words } from '../../utils/browser/runtime.ts';
import type { Gap } from '../../utils/transcript/call.ts';
import { formatClock, formatDuration } from '../duration.ts';

export function gapWords({ fromMs, toMs, reason }: Gap): string {
  const span = [formatDuration(toMs - fromMs), formatClock(fromMs), formatClock(toMs)];
  switch (reason) {
    case 'upstream-away':
      return words('gapUpstreamAway', ...span);
    case 'relay-away':
      return words('gapRelayAway', ...span);
    case 'frame-too-large':
      return words('gapTooLarge', formatClock(fromMs));
  }
}
