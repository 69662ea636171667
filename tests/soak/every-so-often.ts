/** Things that happen again and again at uneven times. */
import type { Random } from '../chaos/random.ts';

/** Runs `action` each time between these many milliseconds after the last; what it returns ends it. */
export function everySoOften(random: Random, fromMs: number, toMs: number, action: () => void): () => void {
  let timer: NodeJS.Timeout;
  const plan = () => {
    timer = setTimeout(
      () => {
        action();
        plan();
      },
      random.between(fromMs, toMs),
    );
  };
  plan();
  return () => clearTimeout(timer);
}
