/** What makes digits a payment card's: the issuer's range, its lengths, and the check digit. */

import { passesLuhn } from './luhn.ts';

type Issuer = { begins: RegExp; lengths: readonly number[] };

/** Ranges of ISO/IEC 7812 as the networks publish them. */
const issuers: readonly Issuer[] = [
  { begins: /^4/, lengths: [13, 16, 19] }, // Visa
  { begins: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] }, // Mastercard
  { begins: /^3[47]/, lengths: [15] }, // American Express
  { begins: /^(?:6011|64[4-9]|65)/, lengths: [16, 19] }, // Discover
  { begins: /^(?:30[0-5]|3095|36|3[89])/, lengths: [14, 16] }, // Diners Club
  { begins: /^35(?:2[89]|[3-8])/, lengths: [16] }, // JCB
  { begins: /^62/, lengths: [16, 17, 18, 19] }, // UnionPay
  { begins: /^220[0-4]/, lengths: [16, 17, 18, 19] }, // Mir
  { begins: /^(?:50|5[6-8]|6304|6759|676[1-3])/, lengths: [13, 14, 15, 16, 17, 18, 19] }, // Maestro, Elo
  { begins: /^(?:60|81|82)/, lengths: [16] }, // RuPay
];

/** The most usual first. */
export const cardLengths = [16, 15, 14, 19, 13, 18, 17] as const;

export function isCardNumber(digits: string): boolean {
  return (
    issuers.some(({ begins, lengths }) => lengths.includes(digits.length) && begins.test(digits)) &&
    passesLuhn(digits)
  );
}

/** Whether it may be the beginning of a card's number that is not whole yet. */
export function beginsLikeCard(digits: string): boolean {
  return issuers.some(
    ({ begins, lengths }) => begins.test(digits) && Math.min(16, Math.max(...lengths)) > digits.length,
  );
}
