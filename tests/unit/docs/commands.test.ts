/** Every command of the documents can be given: its script is there, its flags are known, and somebody runs it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFlags as readBenchFlags } from '../../../bench/read-flags.ts';
import { readFlags as readSimulatorFlags } from '../../../demo/simulator/read-flags.ts';
import { readArguments } from '../../../relay/arguments.ts';
import { root } from './documents.ts';
import { type Command, commands, parts } from './read-commands.ts';
import { elsewhere } from './run-elsewhere.ts';
import { runScript, scripts } from './run-script.ts';

type OfScript = Command & { script: string; args: readonly string[] };

const ofScripts: OfScript[] = commands.flatMap((command) => {
  const [npm, run, script = '', dashes, ...args] = command.words;
  if (npm !== 'npm' || run !== 'run') return [];
  return [{ ...command, script, args: dashes === '--' ? args : [dashes ?? '', ...args].filter(Boolean) }];
});

test('the documents give commands', () => {
  expect(ofScripts.length).toBeGreaterThan(50);
});

test('a line of a shell is parted into its commands', () => {
  expect(parts('npm ci && npm run relay -- --name "Front desk" # why')).toEqual([
    ['npm', 'ci'],
    ['npm', 'run', 'relay', '--', '--name', 'Front desk'],
  ]);
  expect(parts('until curl -fs http://x/; do sleep 1; done')).toEqual([
    ['curl', '-fs', 'http://x/'],
    ['sleep', '1'],
  ]);
});

test('every script that is named is there', () => {
  expect(
    ofScripts.filter(({ script }) => !(script in scripts)).map(({ document, text }) => [document, text]),
  ).toEqual([]);
});

/** What is wrong with the arguments, as their own reader says. */
const readers: Record<string, (args: readonly string[]) => string | undefined> = {
  relay(args) {
    const command = readArguments(args, { EARSHOT_UPSTREAM_URL: 'wss://platform.example.com/' });
    return command.kind === 'mistake' ? command.lines.join(' ') : undefined;
  },
  simulate(args) {
    const known = args.length === 0 ? ['--token', 'T'] : [...args];
    const command = readSimulatorFlags(known);
    return command.kind === 'refused' ? command.reason : undefined;
  },
  bench(args) {
    const asked = readBenchFlags(args, ['paint', 'cost', 'opening', 'page', 'core', 'size']);
    return asked.kind === 'wrong' ? asked.reason : undefined;
  },
};
const ofVitest = Object.keys(scripts).filter((name) => scripts[name]?.startsWith('vitest run'));

describe('flags and arguments', () => {
  const given = ofScripts.filter(({ args }) => args.length > 0);

  test.each(given.filter(({ script }) => script in readers))('$text, of $document', ({ script, args }) => {
    expect(readers[script]?.(args)).toBeUndefined();
  });

  test.each(given.filter(({ script }) => ofVitest.includes(script)))('$text names tests', ({ args }) => {
    const paths = args.filter((arg, at) => !arg.startsWith('-') && args[at - 1] !== '-t');
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  const others = [...new Set(given.map(({ script }) => script))].filter(
    (script) => !(script in readers) && !ofVitest.includes(script),
  );

  // A reader that cannot be asked by itself is asked by the command, which is given one flag more than it knows.
  test('those of the other scripts are known to them', { timeout: 60_000 }, async () => {
    expect(others.length).toBeGreaterThan(3);
    const answers = others.map(async (script) => {
      const args = given.filter((one) => one.script === script).flatMap((one) => one.args);
      const { code, err, out } = await runScript(script, [...args, '--no-such-flag']).ended;
      const isRefused = code !== 0 && (out + err).includes("Unknown option '--no-such-flag'");
      return isRefused ? [] : [`npm run ${script} -- ${args.join(' ')}: ${err}`];
    });
    expect((await Promise.all(answers)).flat()).toEqual([]);
  });
});

describe('who runs them', () => {
  const [, browsers = ''] = /side-by-side\.ts (.+)$/.exec(scripts['browsers'] ?? '') ?? [];
  const suite = [
    ...(scripts['test']?.split(' && ') ?? []),
    ...browsers.split(' ').map((script) => `npm run ${script}`),
  ];
  /** Those of `relay-commands.test.ts`, and what is asked there for its usage. */
  const here = [/^npm run (?:relay|simulate)(?:$| )/, /^npm run bench -- --compare /, / --help$/];
  /** Of vitest's, some of its tests. */
  const isPart = (text: string) => ofVitest.some((name) => text.startsWith(`npm run ${name} -- `));
  const isRun = (text: string) =>
    suite.includes(text) || isPart(text) || here.some((pattern) => pattern.test(text));

  test('each is run by a test, or stands in the table of those that are not', () => {
    const unknown = commands.filter(
      ({ text }) => !isRun(text) && !elsewhere.some(({ command }) => command.test(text)),
    );
    expect(unknown.map(({ document, text }) => `${document}: ${text}`)).toEqual([]);
  });

  test.each(elsewhere)(
    '$command stands in the documents, and where it is run is there',
    ({ command, where }) => {
      expect(commands.some(({ text }) => command.test(text))).toBe(true);
      if (where !== undefined) expect(existsSync(join(root, where))).toBe(true);
    },
  );
});
