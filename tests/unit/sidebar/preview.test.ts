/** A sidebar that is only shown: nobody hears it, and it begins where nothing was set. */
import { expect, test } from 'vitest';
import { createSidebarModel } from '../../../components/sidebar/model.ts';
import { createPreview, firstUse } from '../../../components/sidebar/preview.ts';

test('what it says is heard by nobody, save where the settings lead', () => {
  const gone: string[] = [];
  const { say } = createPreview((section) => gone.push(section));
  expect(say({ type: 'close' })).toBe(false);
  expect(say({ type: 'open-options' })).toBe(false);
  expect(say({ type: 'open-options', section: 'sites' })).toBe(false);
  expect(gone).toEqual(['relays', 'sites']);
});

test('it begins as where no relay is set', () => {
  const model = createSidebarModel();
  for (const message of firstUse(1_000)) model.take(message);
  expect(model.status.value?.relay).toMatchObject({ name: 'stopped', reason: 'relay-not-set' });
  expect(model.shown.value).toBeUndefined();
});
