/** What the bench is asked for on the command line. */
import { expect, test } from 'vitest';
import { readFlags } from '../../../bench/read-flags.ts';

const known = ['paint', 'core', 'size'];
const everything = { kind: 'measure', mode: 'full', names: known, json: undefined, record: false };

test.each([
  ['', everything],
  ['--quick', { ...everything, mode: 'quick' }],
  ['--only size,paint', { ...everything, names: ['paint', 'size'] }],
  ['--json run.json --record', { ...everything, json: 'run.json', record: true }],
  ['--compare one.json other.json', { kind: 'compare', files: ['one.json', 'other.json'] }],
])('"%s" is understood', (args, asked) => {
  expect(readFlags(args.split(' ').filter(Boolean), known)).toEqual(asked);
});

test.each([
  ['--only core,speed', /there is no speed; there are paint, core, size/],
  ['--compare one.json', /expected two files/],
  ['--compare one.json two.json three.json', /expected two files/],
  ['one.json', /one\.json/],
  ['--slow', /--slow/],
])('"%s" is refused with a reason', (args, reason) => {
  expect(readFlags(args.split(' '), known)).toEqual({
    kind: 'wrong',
    reason: expect.stringMatching(reason),
  });
});
