import { expect, test } from 'vitest';
import { hostStyle } from '../../../entrypoints/overlay.content/styles.ts';

const OPEN = { side: 'left', width: 360, collapsed: false } as const;

function declarations(style: string): string[] {
  return style.split(';').filter((declaration) => declaration !== '');
}

test.each([
  ['open', OPEN, false, ['width:360px', 'top:0', 'bottom:0', 'left:0', 'visibility:visible']],
  ['a pill', { ...OPEN, side: 'right', collapsed: true } as const, false, ['height:40px', 'right:16px']],
  ['hidden', OPEN, true, ['visibility:hidden']],
])('%s, it is all important, from the initial values on', (_name, layout, isHidden, some) => {
  const all = declarations(hostStyle(layout, isHidden));
  expect(all[0]).toBe('all:initial!important');
  for (const declaration of all) expect(declaration).toMatch(/^[\w-]+:[^!]+!important$/);
  expect(all).toEqual(expect.arrayContaining(some.map((declaration) => `${declaration}!important`)));
});
