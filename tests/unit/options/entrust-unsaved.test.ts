import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { entrustUnsaved } from '../../../components/options/entrust-unsaved.ts';
import type { Preferences } from '../../../utils/settings/preferences.ts';

test('the background is told of each change that is not stored, and left alone when all is', () => {
  const unsaved = signal<Partial<Preferences>>({});
  const said: unknown[] = [];
  entrustUnsaved({ unsaved }, () => {
    said.push('open');
    return { say: (message) => said.push(message), close: () => said.push('closed') };
  });
  expect(said).toEqual([]);

  unsaved.value = { side: 'left' };
  unsaved.value = { side: 'left', width: 400 };
  unsaved.value = {};
  expect(said).toEqual([
    'open',
    { type: 'unsaved', part: { side: 'left' } },
    { type: 'unsaved', part: { side: 'left', width: 400 } },
    { type: 'unsaved', part: {} },
    'closed',
  ]);

  unsaved.value = { theme: 'dark' };
  expect(said.slice(5)).toEqual(['open', { type: 'unsaved', part: { theme: 'dark' } }]);
});
