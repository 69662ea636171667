import type { Theatre } from './stage.ts';

/** A picture that is no scene: it sets its own stage, and writes `<name>.png` or several that begin with it. */
export type SpecialShot = { name: string; take(theatre: Theatre, folder: string): Promise<void> };
