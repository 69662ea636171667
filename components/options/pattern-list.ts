/** The list of the agent's own patterns of what is hidden. */
import { MAX_PATTERNS, type RedactionRules } from '../../utils/settings/preferences.ts';
import { createEditableList, type EditableList, type ListDeps } from './editable-list.ts';

export type Pattern = RedactionRules['patterns'][number];
export type PatternList = EditableList<Pattern>;

export function createPatternList(deps: ListDeps): PatternList {
  return createEditableList<Pattern>(deps, {
    max: MAX_PATTERNS,
    read: ({ redaction }) => redaction.patterns,
    write: (patterns, { redaction }) => ({ redaction: { ...redaction, patterns } }),
    createEmpty: (id) => ({ id, name: '', pattern: '' }),
  });
}
