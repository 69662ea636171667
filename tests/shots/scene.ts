/** A state of the sidebar that can be looked at. */
import type { Stage } from './stage.ts';

export type Scene = {
  /** kebab-case; the name of its sheet. */
  name: string;
  /** Resolves once the sidebar is in that state; nothing moves from then on. */
  prepare(stage: Stage): Promise<void>;
  /** Worth a look in a browser of a right-to-left language too. */
  arabic?: true;
};
