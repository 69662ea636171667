/** Where a link of a help page leads: to another page of help, or out to the web. */
import { type HelpTopic, topicOfFile } from './topics.ts';

export type HelpLink = { to: 'topic'; topic: HelpTopic } | { to: 'web'; url: `https://${string}` };

/** `undefined` for what does not ship with the extension, and for anything that is not encrypted. */
export function readLink(href: string): HelpLink | undefined {
  if (href.startsWith('https://')) return { to: 'web', url: href as `https://${string}` };
  const topic = href.includes(':') ? undefined : topicOfFile(href);
  return topic === undefined ? undefined : { to: 'topic', topic };
}
