/** Why a site is not in the list, or nothing opens there, in words. */
import type { MessageKey } from '../../utils/browser/runtime.ts';
import type { SiteRefusal } from './sites-list.ts';

export const refusalWords: Record<SiteRefusal, MessageKey> = {
  empty: 'siteEmpty',
  'not-an-address': 'siteNotAnAddress',
  'not-a-website': 'siteNotAWebsite',
  file: 'siteFile',
  'browser-page': 'siteBrowserPage',
  'extension-page': 'siteExtensionPage',
  'extension-store': 'siteExtensionStore',
  full: 'sitesFull',
  declined: 'siteDeclined',
  blocked: 'siteBlocked',
  'not-stored': 'changesNotSaved',
};
