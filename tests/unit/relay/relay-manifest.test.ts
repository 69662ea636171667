import { describe, expect, test } from 'vitest';
import { describeRelayPackage } from '../../../build/relay-manifest.ts';

const root = {
  name: 'earshot',
  version: '1.2.3',
  license: 'MIT',
  private: true,
  scripts: { relay: 'node relay/main.ts' },
  dependencies: { pino: '10.4.0', valibot: '1.5.0', unused: '1.0.0' },
};
const lock = {
  lockfileVersion: 3,
  packages: {
    '': root,
    'node_modules/pino': {
      version: '10.4.0',
      integrity: 'sha512-p',
      dependencies: { sonic: '^4.0.0', sleep: '^1.0.0' },
    },
    'node_modules/pino/node_modules/sonic': {
      version: '4.0.1',
      dependencies: { sleep: '^1.0.0', pino: '*' },
    },
    'node_modules/sleep': { version: '1.0.0' },
    'node_modules/sonic': { version: '3.0.0', dev: true },
    'node_modules/valibot': { version: '1.5.0' },
    'node_modules/unused': { version: '1.0.0' },
  },
};

describe("the relay's package", () => {
  test('depends on what its code imports, in the versions of this repository', () => {
    const { manifest } = describeRelayPackage(root, lock, ['valibot', 'pino']);
    expect(manifest).toEqual({
      name: 'earshot-relay',
      version: '1.2.3',
      description: expect.any(String),
      license: 'MIT',
      type: 'module',
      bin: { 'earshot-relay': 'dist/earshot-relay.js' },
      engines: { node: '>=22.19' },
      dependencies: { pino: '10.4.0', valibot: '1.5.0' },
    });
  });

  test('locks all that these depend on, each where Node would find it, and nothing else', () => {
    const { shrinkwrap } = describeRelayPackage(root, lock, ['pino']);
    expect(Object.keys(shrinkwrap.packages)).toEqual([
      '',
      'node_modules/pino',
      'node_modules/pino/node_modules/sonic',
      'node_modules/sleep',
    ]);
    expect(shrinkwrap.packages).toMatchObject({ 'node_modules/pino': { integrity: 'sha512-p' } });
  });

  test.each([
    ['no dependency here', ['preact'], 'preact, which is not in "dependencies"'],
    ['not locked', ['valibot'], 'valibot is not in the lock file'],
  ])('cannot be made of what is %s', (_name, imported, message) => {
    const { 'node_modules/valibot': _, ...packages } = lock.packages;
    expect(() => describeRelayPackage(root, { ...lock, packages }, imported)).toThrow(message);
  });
});
