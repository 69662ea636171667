/** Every state of the sidebar: pictured by `npm run shots`, and measured by the accessibility test. */
import { callScenes } from './call-scenes.ts';
import { connectionScenes } from './connection-scenes.ts';
import { noteScenes } from './note-scenes.ts';
import type { Scene } from './scene.ts';
import { toolScenes } from './tool-scenes.ts';

export const scenes: readonly Scene[] = [...connectionScenes, ...callScenes, ...toolScenes, ...noteScenes];
