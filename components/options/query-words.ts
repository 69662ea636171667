/** What to say of a query that cannot be used: what is wrong, and what to do. */
import type { MessageKey } from '../../utils/browser/runtime.ts';
import type { QueryProblem } from '../../utils/transcript/query/query.ts';

export const queryWords: Record<QueryProblem, MessageKey> = {
  empty: 'queryEmpty',
  'phrase-not-closed': 'queryPhraseNotClosed',
  'phrase-empty': 'queryPhraseEmpty',
  'word-empty': 'queryWordEmpty',
  'star-misplaced': 'queryStarMisplaced',
  'parenthesis-not-closed': 'queryParenthesisNotClosed',
  'parenthesis-not-opened': 'queryParenthesisNotOpened',
  'parenthesis-empty': 'queryParenthesisEmpty',
  'operator-without-left': 'queryOperatorWithoutLeft',
  'operator-without-right': 'queryOperatorWithoutRight',
  'only-exclusions': 'queryOnlyExclusions',
  'too-deep': 'queryTooDeep',
};
