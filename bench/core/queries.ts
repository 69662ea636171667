/** Fifty keyword profiles as agents might write them, in every form that the query language has. */
import type { KeywordProfile } from '../../utils/settings/preferences.ts';

const queries = [
  ...['refund', 'cancel', 'complaint', 'manager', 'supervisor', 'lawyer', 'fraud', 'stolen', 'password'],
  ...['overdraft', 'chargeback', 'invoice', 'contract', 'upgrade', 'downgrade', 'discount', 'warranty'],
  ...['charg*', 'pay*', 'transfer*', 'block*', 'confirm*', 'declin*', 'expir*', 'activat*'],
  ...['"debit card"', '"credit card"', '"date of birth"', '"account number"', '"security code"'],
  ...['"speak to a manager"', '"cancel my account"', '"not happy"', '"lost my card"', '"twice this month"'],
  ...['card AND lost', 'card AND blocked', 'fee AND waive', 'transfer AND pending', 'double AND charge'],
  ...['refund OR reimburse', 'angry OR upset', 'thanks OR "thank you"', 'tomorrow OR today'],
  ...['card NOT credit', 'account NOT number', 'call NOT back'],
  ...[
    '(refund OR chargeback) AND (card OR account)',
    '(late OR overdue) AND fee',
    '"my card" AND (lost OR gone)',
  ],
];

/** The first `count` of them. */
export function keywordProfiles(count: number): KeywordProfile[] {
  return queries.slice(0, count).map((query, index) => ({
    id: `profile-${index + 1}`,
    name: query,
    query,
    colour: 'amber',
    badge: true,
    notify: false,
    sound: false,
  }));
}

/** As a script without a query language would look for them: one word of each. */
export const plainWords = queries.map((query) => /[a-z]+/.exec(query)?.[0] ?? query);
