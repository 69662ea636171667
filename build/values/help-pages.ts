/** Every page of help, read from `docs`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { HelpText } from '../../components/help/piece.ts';
import { type HelpTopic, helpFile, helpTopics } from '../../utils/help/topics.ts';
import { readMarkdown } from '../read-markdown.ts';

const docs = resolve(import.meta.dirname, '../../docs');

export const helpPages = Object.fromEntries(
  helpTopics.map((topic) => [topic, readMarkdown(readFileSync(resolve(docs, helpFile(topic)), 'utf8'))]),
) as Record<HelpTopic, HelpText>;
