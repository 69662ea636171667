/** What happens to a soaked relay from its own side: other rules, another token, a platform that goes away. */
import { everySoOften } from './every-so-often.ts';
import type { RelayFiles } from './relay-files.ts';
import type { SoakWorld } from './soak-world.ts';

/** The next version of the configuration, again and again; now and then one that is no JSON stands there before it. */
export function changeRules({ random, history, tally }: SoakWorld, files: RelayFiles): () => void {
  return everySoOften(random, 3_000, 5_000, () => {
    tally.count('configurations written');
    if (random.next() < 0.2) return files.breakConfig();
    const version = history.latest() + 1;
    files.writeConfig(version);
    history.add(version, performance.now());
  });
}

/** `tokens`: those the platform takes. From now on it is another one; who is connected stays. */
export function renewToken({ random, tally }: SoakWorld, files: RelayFiles, tokens: Set<string>): () => void {
  let renewed = 0;
  return everySoOften(random, 10_000, 20_000, () => {
    renewed += 1;
    tally.count('platform tokens renewed');
    const token = `platform-token-soak-${renewed}`;
    tokens.clear();
    tokens.add(token);
    files.writeToken(token);
  });
}

export function dropPlatform({ random, tally }: SoakWorld, cut: () => void): () => void {
  return everySoOften(random, 15_000, 30_000, () => {
    cut();
    tally.count('platform dropped');
  });
}
