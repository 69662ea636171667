import { expect, test } from 'vitest';
import { refuseNode } from '../../../relay/package/node-version.ts';

test.each(['22.19.0', '22.21.1', '23.0.0', '24.21.0', '100.0.0'])('Node %s will do', (version) => {
  expect(refuseNode(version)).toBeUndefined();
});

test.each(['20.20.2', '9.30.2', '21.7.3', '22.18.0'])('Node %s is refused in one sentence', (version) => {
  expect(refuseNode(version)).toBe(`The Earshot relay needs Node 22.19 or newer; this is Node ${version}.`);
});
