/**
 * Dynamics 365, its unified interface. As of 2026-11-22, from Microsoft's public EasyRepro and public test suites: they
 * name the header and the fields by `data-id`. Notes of the timeline are written in CKEditor 5, or in a frame.
 */
import type { Crm } from '../crm.ts';

const ID = '(?:%7b|\\{)?(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})';

function entity(name: string): RegExp {
  return new RegExp(`^(?=.*[?&]etn=${name}(?:&|$)).*[?&]id=${ID}`, 'i');
}

export const dynamics: Crm = {
  id: 'dynamics',
  matches: ['https://*.dynamics.com/main.aspx*'],
  records: () => [
    { kind: 'case', path: entity('incident') },
    { kind: 'contact', path: entity('contact') },
    { kind: 'company', path: entity('account') },
    { kind: 'lead', path: entity('lead') },
    { kind: 'deal', path: entity('opportunity') },
    { kind: 'task', path: entity('(?:task|phonecall)') },
    { kind: 'record', path: entity('\\w+') },
  ],
  shownId: ['input[data-id="ticketnumber.fieldControl-text-box-text"]'],
  title: ['h1[data-id="header_title"]'],
  people: ['input[data-id*="phone"]', 'a[data-id*="phone"]'],
  composer: [
    '[data-id*="notescontrol"] .ck-editor__editable',
    '[data-id*="notescontrol"] iframe.fullPageContentEditorFrame >>> .ck-editor__editable',
    '[data-id*="notescontrol"] textarea',
    '[data-id*="notescontrol"] iframe.cke_wysiwyg_frame',
  ],
};
