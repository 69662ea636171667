/**
 * Loads an App+ script as the platform does: as it stands, a new instance for every run, with `cxPubSub` and
 * `cxWebSocket` bound to that run.
 *
 * Node resolves the two bare names through a module hook, and every run has its own URL, so that Node makes a new
 * instance. Node never unloads a module: a run costs about 11 KB of heap (25 KB of process memory) until the process
 * ends. That is 25 MB for a thousand connections, which is enough for a simulator; `node:vm` modules could be
 * collected, but need a flag of Node's.
 */
import { randomUUID } from 'node:crypto';
import { registerHooks } from 'node:module';

/** What the two platform modules give to one run. */
type PlatformModules = {
  cxPubSub: { publish: unknown; subscribe: unknown };
  cxWebSocket: { send: unknown; waitForClose: unknown };
};

type App = {
  main(data: unknown, ws: unknown): unknown;
  onData: ((data: string) => unknown) | undefined;
};

export type AppLoader = {
  /** A new instance of the script. Rejects with what the script throws, or where it has no `main`. */
  load(modules: PlatformModules): Promise<App>;
  /** Takes the module hook away. Nothing can be loaded after it. */
  dispose(): void;
};

const platformSources: Record<string, (modules: string) => string> = {
  cxPubSub: (modules) => `export const { publish, subscribe } = ${modules}.cxPubSub;`,
  cxWebSocket: (modules) => `export const { send, waitForClose } = ${modules}.cxWebSocket;`,
};

// A bundler's or test runner's `import()` would not see the hook: this one is Node's own.
const nativeImport = 'data:text/javascript,export const load = (url) => import(url);';

/** `source` is the script's text. The script can import the two platform modules and Node's own, nothing else. */
export function createAppLoader(source: string): AppLoader {
  const origin = `app-plus://${randomUUID()}`;
  const running = new Map<string, PlatformModules>();
  const shared = Symbol.for(origin);
  Object.assign(globalThis, { [shared]: running });
  let loaded = 0;

  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const isRun = running.has(specifier);
      const isPlatform = Object.hasOwn(platformSources, specifier) && context.parentURL?.startsWith(origin);
      if (!isRun && !isPlatform) return next(specifier, context);
      const url = isRun ? specifier : `${context.parentURL}#${specifier}`;
      return { url, format: 'module', shortCircuit: true };
    },
    load(url, context, next) {
      if (!url.startsWith(origin)) return next(url, context);
      const [run, name] = url.split('#');
      const modules = `globalThis[Symbol.for('${origin}')].get('${run}')`;
      const platform = name === undefined ? undefined : platformSources[name];
      return { format: 'module', shortCircuit: true, source: platform?.(modules) ?? source };
    },
  });

  return {
    async load(modules) {
      const { load } = (await import(/* @vite-ignore */ nativeImport)) as {
        load(url: string): Promise<Record<string, unknown>>;
      };
      loaded += 1;
      const url = `${origin}/${loaded}`;
      running.set(url, modules);
      try {
        return readApp(await load(url));
      } finally {
        running.delete(url);
      }
    },
    dispose() {
      hooks.deregister();
      Reflect.deleteProperty(globalThis, shared);
    },
  };
}

function readApp(exported: Record<string, unknown>): App {
  const { main, onData } = exported;
  if (typeof main !== 'function') throw new Error('the script exports no function main');
  return {
    main: (data, ws) => main(data, ws),
    onData: typeof onData === 'function' ? (data) => onData(data) : undefined,
  };
}
