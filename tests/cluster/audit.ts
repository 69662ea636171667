/**
 * What must be true of everything an agent was told: each line that it may see once, in the platform's order; where
 * some are missing, a gap told in their place whose times cover them. And of all together: one connection of the
 * platform after the other got its lines in, never two in turns.
 */
import type { ClusterAgent, ToldGap } from './cluster-agent.ts';
import { type Line, maySee } from './numbered-line.ts';

/**
 * A line is under way for a moment: the platform's time of it is a little earlier than that of whoever hears it, and
 * who hears it was still without it then.
 */
const UNDER_WAY_MS = 1_000;
const MOST_BREACHES = 20;
/** The first of them say it. */
const MOST_OF_AN_AGENT = 2;

/** What it knows of an agent. */
export type Audited = Pick<ClusterAgent, 'member' | 'relay' | 'state' | 'takeTold'>;
export type Account = {
  breaches: string[];
  /** Lines said meanwhile, and those of them that somebody who may see them was not told. */
  said: number;
  lost: number;
  /** Told gaps, each once, however many agents were told it. */
  gaps: { from: number; to: number; by: ToldGap['by']; agents: number }[];
};

/** By which connection of the platform each line came in, as the agents saw it. */
export function createWriters() {
  let viaOf: number[] = [];
  let latest = 0;
  const breaches: string[] = [];
  return {
    saw(n: number, via: number, agent: string): void {
      const known = viaOf[n];
      viaOf[n] = via;
      if (known === undefined || known === via) return;
      breaches.push(`${agent} was told line ${n} as of connection ${via}, others as of ${known}`);
    },
    /** Of all since the last time. Lines of one connection after those of a later one: two wrote in turns. */
    breaches(): string[] {
      const found = breaches.splice(0);
      viaOf.forEach((via, n) => {
        if (via < latest) found.push(`line ${n} came in by connection ${via} after one by ${latest}`);
        latest = Math.max(latest, via);
      });
      viaOf = [];
      return found;
    },
  };
}
type Writers = ReturnType<typeof createWriters>;

/** Of one stretch after the other. */
export function createAudit(lines: readonly Line[], writers: Writers) {
  /** The last line of the stretch before. */
  let until = 0;

  /** `missed`: told of by a gap. */
  function check(agent: Audited, account: Account, missed: Set<number>): void {
    const { name, calls } = agent.member;
    const breaches: string[] = [];
    const breach = (what: string) => breaches.push(`${name} (${agent.relay() ?? agent.state()}): ${what}`);
    let before = until;
    let gaps: ToldGap[] = [];
    for (const told of agent.takeTold()) {
      if (typeof told !== 'number') {
        gaps.push(told);
        note(account, told);
        continue;
      }
      if (told <= before) {
        breach(told === before ? `line ${told} came twice` : `line ${told} came after ${before}`);
        continue;
      }
      const missing = lines.slice(before, told - 1).filter(({ number }) => maySee(calls, number));
      for (const { n } of missing) missed.add(n);
      const untold = missing.filter((line) => !gaps.some((gap) => covers(gap, line)));
      if (untold.length > 0) breach(describeHole(untold, gaps));
      before = told;
      gaps = [];
    }
    if (before !== lines.length) breach(`the last line it was told is ${before} of ${lines.length}`);
    account.breaches.push(...breaches.slice(0, MOST_OF_AN_AGENT));
  }

  return {
    /** Of what was said since the last time; each of `agents` must have been told the last line of it. */
    close(agents: readonly Audited[]): Account {
      const account: Account = {
        breaches: writers.breaches(),
        said: lines.length - until,
        lost: 0,
        gaps: [],
      };
      const missed = new Set<number>();
      for (const agent of agents) check(agent, account, missed);
      account.lost = missed.size;
      until = lines.length;
      const more = account.breaches.splice(MOST_BREACHES).length;
      if (more > 0) account.breaches.push(`and ${more} more`);
      return account;
    },
  };
}

function covers({ from, to }: ToldGap, { atMs }: Line): boolean {
  return atMs >= from - UNDER_WAY_MS && atMs <= to;
}

function note({ gaps }: Account, { from, to, by }: ToldGap): void {
  const known = gaps.find((gap) => gap.from === from && gap.to === to && gap.by === by);
  if (known === undefined) gaps.push({ from, to, by, agents: 1 });
  else known.agents += 1;
}

function describeHole(untold: readonly Line[], gaps: readonly ToldGap[]): string {
  const [first, last] = [untold[0], untold.at(-1)];
  const span = `lines ${first?.n} to ${last?.n} (${untold.length}), said ${first?.atMs} to ${last?.atMs}, are missing`;
  const told = gaps.map(({ from, to, by }) => `${from} to ${to} (${by})`).join(', ');
  return `${span}; told in their place: ${told || 'nothing'}`;
}
