/** Reads a page as its CRM's own, and part by part as any page's where it shows something else. */
import type { PageRecord } from '../messaging/surface.ts';
import type { Crm, DeepSelector } from './crm.ts';
import { createDeepQuery, type DeepQuery } from './deep-query.ts';
import { findComposer, onlyEditor } from './find-composer.ts';
import { findNumbers } from './page-numbers.ts';
import { findPersonNumbers } from './person-numbers.ts';
import { findCrm } from './registry.ts';

export type PageCrm = {
  record(): PageRecord;
  /** The editor a note belongs into: visible and writable. In a frame that is an editor, its body. */
  composer(): HTMLElement | undefined;
};

const MAX_TITLE = 300;
const MAX_ID = 80;

/** Both look at the page as it is at that moment; pages of one piece change their address without loading. */
export function createPageCrm({ document, href }: { document: Document; href(): string }): PageCrm {
  return {
    record() {
      const crm = findCrm(document, href());
      const query = createDeepQuery(document);
      const title = firstText(query, crm.title) ?? document.title;
      const own = findPersonNumbers(crm.people.flatMap(query));
      const record = openRecord(crm, query, href());
      return {
        title: title.slice(0, MAX_TITLE),
        numbers: own.length > 0 ? own : findNumbers(document),
        ...(record === undefined ? {} : { record }),
      };
    },
    composer() {
      const crm = findCrm(document, href());
      return findComposer(createDeepQuery(document), crm.composer) ?? onlyEditor(document);
    },
  };
}

function openRecord(crm: Crm, query: DeepQuery, href: string): PageRecord['record'] {
  const { pathname, search, hash } = new URL(href);
  for (const { kind, path } of crm.records()) {
    const id = path.exec(pathname + search + hash)?.groups?.['id'];
    if (id === undefined) continue;
    const shown = firstText(query, crm.shownId ?? [])?.replace(/^#\s*/, '');
    return { kind, id: shown !== undefined && shown.length <= MAX_ID ? shown : id };
  }
  return undefined;
}

/** What the first one says that is shown and says something; a field says its value. */
function firstText(query: DeepQuery, selectors: readonly DeepSelector[]): string | undefined {
  for (const selector of selectors) {
    for (const element of query(selector)) {
      if (!element.checkVisibility()) continue;
      const text = 'value' in element ? String(element.value) : (element.textContent ?? '');
      const said = text.replace(/\s+/g, ' ').trim();
      if (said !== '') return said;
    }
  }
  return undefined;
}
