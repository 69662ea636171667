/**
 * The commands of the documents that are too dear to be run by their own test, or that act on more than this folder:
 * where they are run instead, and why not here. What `npm test` itself runs is not listed.
 */

/** `where`: a file of this repository; without one nothing runs it but a hand. */
type Elsewhere = { command: RegExp; where?: string; why: string };

export const elsewhere: readonly Elsewhere[] = [
  {
    command: /^npm (?:ci|test)$/,
    where: '.ci/run',
    why: 'every run of the CI is these two, from a bare checkout',
  },
  {
    command: /^npm run build$/,
    where: 'package.json',
    why: 'takes long; `npm run bench` begins with it, and the tests that follow use what it built',
  },
  {
    command: /^npm run demo/,
    where: 'tests/e2e/first-light.test.ts',
    why: 'needs a browser; the launcher, the walk and the parts it starts are those of the tests',
  },
  {
    command: /^npm run bench(?:$| -- --(?:only|json|record))/,
    where: 'package.json',
    why: 'measures for minutes; its short form is in `npm test`',
  },
  {
    command: /^npm run bench:relay/,
    why: 'takes six minutes and a quiet machine; what it measures is written down in docs/relay-performance.md and docs/scale.md',
  },
  {
    command: /^npm run chaos/,
    where: 'tests/e2e/chaos.chromium.test.ts',
    why: 'takes minutes; its short form is there',
  },
  {
    command: /^npm run soak/,
    where: 'tests/unit/relay/soak.test.ts',
    why: 'takes minutes; its short form is there',
  },
  {
    command: /^npm run idle/,
    where: 'tests/e2e/lifetimes.test.ts',
    why: 'waits for three real minutes; there the background is ended by hand',
  },
  {
    command: /^npm run editors/,
    where: 'tests/e2e/editors.test.ts',
    why: 'takes minutes; the same matrix is there',
  },
  {
    command: /^npm run pack:relay$/,
    where: 'tests/packages/relay-package.test.ts',
    why: 'what it runs is packed, installed and started there',
  },
  {
    command: /^npx earshot-relay(?:$| )/,
    where: 'tests/packages/relay-package.test.ts',
    why: 'typed there, in the folder in which the packed file was installed',
  },
  {
    command: /^npm run (?:zip|reproduce)$/,
    why: 'installs and builds everything a second time; before a release',
  },
  { command: /^npm run store$/, why: 'makes the pictures for the stores, to be looked at' },
  { command: /^npm run shots/, why: 'makes pictures to be looked at; those in docs/screens are its work' },
  { command: /^npm run dev$/, why: 'opens a browser and stays' },
  { command: /^npm run format$/, why: 'writes into files; `npm run lint` asks the same' },
  {
    command: /^npx vitest run --project unit --coverage$/,
    why: 'is the unit tests, which are run; the coverage is for reading',
  },
  { command: /^npm audit$/, why: 'asks the registry' },
  { command: /^npm install(?: |$)/, why: 'changes package.json, or is typed on a machine of yours' },
  {
    command: /^docker /,
    where: 'tests/unit/relay/deploy.test.ts',
    why: 'needs Docker; what the Dockerfile copies is started there by its own command',
  },
  {
    command: /^sh make-certificates\.sh /,
    where: 'tests/unit/relay/deploy-nats.test.ts',
    why: 'run there, with other names',
  },
  {
    command: /^sh new-agent\.sh /,
    where: 'tests/recipes/new-agent.test.ts',
    why: 'run there, for each proxy',
  },
  {
    command: /^curl /,
    where: 'tests/unit/relay/main.test.ts',
    why: 'asks a server of yours; the answers are held there, in tests/recipes and in tests/cluster',
  },
  { command: /^export /, where: 'tests/unit/docs/relay-commands.test.ts', why: 'the variable is set there' },
  { command: /^(?:systemctl|apt|rsync|ulimit|sleep) /, why: 'acts on a machine of yours' },
];
