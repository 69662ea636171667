/** The sections of the settings page in order: each a component that takes what it needs from `useOptions`. */
import type { ComponentType } from 'preact';
import type { MessageKey } from '../../utils/browser/runtime.ts';
import { BackupSection } from './backup-section.tsx';
import { CopyingSection } from './copying-section.tsx';
import { HidingSection } from './hiding-section.tsx';
import { KeywordSection } from './keyword-section.tsx';
import { useOptions } from './options-desk.ts';
import type { SectionId } from './options-place.ts';
import { PrivacySection } from './privacy-section.tsx';
import { ReadingSection } from './reading-section.tsx';
import { RelaysSection } from './relay-section.tsx';
import { SitesSection } from './sites-section.tsx';

/** `label`: its name in the navigation. */
type Section = { id: SectionId; label: MessageKey; Part: ComponentType };

export const sections: readonly Section[] = [
  { id: 'relays', label: 'optionsRelays', Part: RelaysSection },
  { id: 'sites', label: 'optionsSites', Part: SitesSection },
  {
    id: 'keywords',
    label: 'keywordsTitle',
    Part() {
      const { keywords, notifications, flush } = useOptions();
      return <KeywordSection list={keywords} notifications={notifications} flush={flush} />;
    },
  },
  {
    id: 'copying',
    label: 'optionsCopying',
    Part() {
      const { editor, templates, flush } = useOptions();
      return <CopyingSection editor={editor} list={templates} flush={flush} />;
    },
  },
  {
    id: 'hiding',
    label: 'optionsHiding',
    Part() {
      const { editor, patterns, flush } = useOptions();
      return <HidingSection editor={editor} list={patterns} flush={flush} />;
    },
  },
  {
    id: 'reading',
    label: 'readingTitle',
    Part() {
      const { editor, flush } = useOptions();
      return <ReadingSection editor={editor} flush={flush} />;
    },
  },
  { id: 'privacy', label: 'optionsPrivacy', Part: PrivacySection },
  { id: 'backup', label: 'optionsBackup', Part: BackupSection },
];
