/** What can be done with the sites where the sidebar opens by itself, and which of them the browser allows now. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { MAX_SITES, type Settings, type Site } from '../../utils/settings/settings.ts';
import type { SettingsStore } from '../../utils/settings/settings-store.ts';
import { isSite, readSite, type SiteProblem } from '../../utils/settings/site.ts';
import { type RemovedItem, type Row, rememberItem, restoreItem, rowsOf } from './removed-items.ts';

/** `declined`: the agent said no. `blocked`: the browser did not even ask. */
export type SiteRefusal = SiteProblem | 'full' | 'declined' | 'blocked' | 'not-stored';
export type ListedSite = Site & { id: string };

export type SitesList = {
  rows: ReadonlySignal<readonly Row<ListedSite>[]>;
  /** Those of the sites where the browser lets the sidebar open; `undefined` until it has answered. */
  allowed: ReadonlySignal<ReadonlySet<string> | undefined>;
  /** Of the sites, those that the browser does not allow. */
  waiting: ReadonlySignal<readonly string[]>;
  /** In a click: the browser is asked before anything else. */
  add(typed: string): Promise<SiteRefusal | undefined>;
  /** In a click. */
  allow(origins: readonly string[]): Promise<SiteRefusal | undefined>;
  remove(origin: string): Promise<SiteRefusal | undefined>;
  /** In a click: its permission was given back with it. */
  restore(origin: string): Promise<SiteRefusal | undefined>;
  /** Gives up what was removed. */
  forget(origin: string): void;
  setRelay(origin: string, relay: string): Promise<SiteRefusal | undefined>;
  /** Asks the browser again which sites it allows. */
  look(): Promise<void>;
  stop(): void;
};

export type SitesListDeps = {
  held: ReadonlySignal<Settings>;
  change: SettingsStore['change'];
  /** `false`: the agent said no. */
  ask(origins: readonly string[]): Promise<boolean>;
  mayStandOn(origin: string): Promise<boolean>;
};

export function createSitesList({ held, change, ask, mayStandOn }: SitesListDeps): SitesList {
  const removed = signal<readonly RemovedItem<ListedSite>[]>([]);
  const allowed = signal<ReadonlySet<string> | undefined>(undefined);
  const sites = computed(() => held.value.sites.map(identify));
  const rows = computed(() => rowsOf(sites.value, removed.value));
  const waiting = computed(() => {
    const { value } = allowed;
    if (value === undefined) return [];
    return held.value.sites.flatMap(({ origin }) => (isSite(origin) && !value.has(origin) ? [origin] : []));
  });
  let looks = 0;

  async function look(): Promise<void> {
    looks += 1;
    const look = looks;
    const origins = held.peek().sites.map(({ origin }) => origin);
    const answers = await Promise.all(origins.map((origin) => mayStandOn(origin).catch(() => false)));
    if (look === looks) allowed.value = new Set(origins.filter((_, at) => answers[at]));
  }

  async function store(update: (sites: readonly Site[]) => Site[]): Promise<SiteRefusal | undefined> {
    try {
      await change((settings) => ({ ...settings, sites: update(settings.sites) }));
      return undefined;
    } catch {
      return 'not-stored';
    }
  }

  async function askFor(origins: readonly string[]): Promise<SiteRefusal | undefined> {
    const answer = await ask(origins).catch(() => 'blocked' as const);
    if (answer === 'blocked') return 'blocked';
    await look();
    return answer ? undefined : 'declined';
  }

  function forget(origin: string): void {
    removed.value = removed.peek().filter(({ item }) => item.id !== origin);
  }

  const stop = effect(() => {
    // A site that is new, or gone.
    void held.value.sites;
    void look();
  });

  return {
    rows,
    allowed,
    waiting,
    async add(typed) {
      const read = readSite(typed);
      if (!read.ok) return read.problem;
      const { origin } = read;
      if (!isListed(held.peek().sites, origin) && held.peek().sites.length >= MAX_SITES) return 'full';
      const refusal = await askFor([origin]);
      if (refusal !== undefined) return refusal;
      forget(origin);
      return store((before) => (isListed(before, origin) ? [...before] : [...before, { origin, relay: '' }]));
    },
    allow: askFor,
    async remove(origin) {
      const gone = rememberItem(rows.peek(), origin);
      if (gone === undefined) return undefined;
      removed.value = [...removed.peek(), gone];
      const refusal = await store((before) => before.filter((site) => site.origin !== origin));
      if (refusal !== undefined) forget(origin);
      return refusal;
    },
    async restore(origin) {
      const asked = askFor([origin]);
      const known = removed.peek();
      const refusal = await store((before) =>
        restoreItem(before.map(identify), known, origin).map(({ id: _id, ...site }) => site),
      );
      if (refusal === undefined) forget(origin);
      // Without its permission it is in the list again, and says so there.
      await asked;
      return refusal;
    },
    forget,
    setRelay: (origin, relay) =>
      store((before) => before.map((site) => (site.origin === origin ? { ...site, relay } : site))),
    look,
    stop,
  };
}

function identify(site: Site): ListedSite {
  return { ...site, id: site.origin };
}

function isListed(sites: readonly Site[], origin: string): boolean {
  return sites.some((site) => site.origin === origin);
}
