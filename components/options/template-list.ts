/** The list of the agent's own ways to write lines. */
import { type CopyTemplate, MAX_TEMPLATES } from '../../utils/settings/preferences.ts';
import { createEditableList, type EditableList, type ListDeps } from './editable-list.ts';

export type TemplateList = EditableList<CopyTemplate>;

/** A new one writes something at once, which is easier to change than to begin. */
const FIRST_LINE = '[{time}] {speaker}: {text}';

export function createTemplateList(deps: ListDeps): TemplateList {
  return createEditableList<CopyTemplate>(deps, {
    max: MAX_TEMPLATES,
    read: ({ templates }) => templates,
    write: (templates) => ({ templates }),
    createEmpty: (id) => ({ id, name: '', header: '', line: FIRST_LINE }),
  });
}
