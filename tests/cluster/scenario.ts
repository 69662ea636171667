/** How a scenario of the cluster begins and ends, and what it says of itself. */
import { expect } from 'vitest';
import { sleep } from '../chaos/patience.ts';
import type { Account } from './audit.ts';
import type { Cluster } from './world.ts';

/** After what happened the platform speaks for so long at least. */
const GOING_ON_MS = 2_000;

/** Everybody is there again, and what was told until now was right. */
export async function begin(cluster: Cluster): Promise<void> {
  await cluster.mend();
  const { breaches } = await cluster.account();
  cluster.platform.takeMostAtOnce();
  expect(breaches).toEqual([]);
}

/**
 * Every agent has every line it may see once and in order, or was told of a gap in its place; exactly one relay leads,
 * and it alone is with the platform. No more is lost than was said in `mostLostMs`.
 */
export async function conclude(cluster: Cluster, name: string, mostLostMs: number): Promise<Account> {
  await sleep(GOING_ON_MS);
  const account = await cluster.account();
  const leader = await cluster.relays.leader();
  await cluster.untilAloneWithPlatform(leader);
  const atOnce = cluster.platform.takeMostAtOnce();
  console.info(
    `${name}: ${describeAccount(account)}; with the platform at once: ${atOnce}; ${leader.name} leads`,
  );
  expect(account.breaches).toEqual([]);
  expect(account.lost).toBeLessThanOrEqual((mostLostMs / 1_000) * cluster.platform.linesASecond);
  return account;
}

function describeAccount({ said, lost, gaps }: Account): string {
  const told = gaps.map(
    ({ from, to, by, agents }) => `${((to - from) / 1_000).toFixed(1)} s (${by}, ${agents} agents)`,
  );
  const several = told.length > 6 ? [...told.slice(0, 5), `and ${told.length - 5} more`] : told;
  return `${said} lines said, ${lost} of them in gaps; gaps told: ${several.join(', ') || 'none'}`;
}
