/** The pictures of the agents' page: one sidebar each, light, as wide as it opens. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { picture, setLook } from './look.ts';
import { scenes } from './scenes.ts';
import { shrinkPng } from './small-png.ts';
import type { SpecialShot } from './special-shot.ts';

const pictured: readonly string[] = ['note', 'range', 'token-refused'];

export const guideShots: readonly SpecialShot[] = scenes
  .filter(({ name }) => pictured.includes(name))
  .map(({ name, prepare }) => ({
    name: `guide-${name}`,
    async take(theatre, folder) {
      const stage = await theatre.set();
      await prepare(stage);
      await setLook(stage, { theme: 'light', width: 360 });
      const { png } = await picture(stage, name);
      writeFileSync(join(folder, `guide-${name}.png`), await shrinkPng(theatre.backstage, png));
    },
  }));
