/** The digits of a phone number as people write it, in every script and with an extension behind it or without. */

/** As long as a number can be that is worth reading, with all that is written between its digits. */
const MAX_WRITTEN = 250;

const DIGIT = '[0-9\\uff10-\\uff19\\u0660-\\u0669\\u06f0-\\u06f9]';
const BETWEEN =
  '[\\-\\u2010-\\u2015\\u2212\\u30fc\\uff0d\\uff0f/\\uff0e. \\u00a0\\u00ad\\u200b\\u2060\\u3000' +
  '()\\uff08\\uff09\\uff3b\\uff3d\\[\\]~\\u2053\\u223c\\uff5e]';
const BEFORE_LABEL = '[ \\u00a0\\t,]*';
const AFTER_LABEL = '[:.\\uff0e]?[ \\u00a0\\t,-]*';
/** The surer a label means an extension, the more digits may follow. */
const EXTENSION = `(?:${[
  `;ext=${DIGIT}{1,20}`,
  `${BEFORE_LABEL}(?:e?xt(?:ensi(?:o\\u0301?|ó))?n?|ｅ?ｘｔｎ?|доб|anexo)${AFTER_LABEL}${DIGIT}{1,20}#?`,
  `${BEFORE_LABEL}(?:[x\\uff58#\\uff03~\\uff5e]|int|ｉｎｔ)${AFTER_LABEL}${DIGIT}{1,9}#?`,
  `[- ]+${DIGIT}{1,6}#`,
  `[ \\u00a0\\t]*(?:,,|;)${AFTER_LABEL}${DIGIT}{1,15}#?`,
  `[ \\u00a0\\t]*,+${AFTER_LABEL}${DIGIT}{1,9}#?`,
].join('|')})`;
const NUMBER = new RegExp(
  `^(?:${DIGIT}{2}|[+\\uff0b]?(?:${BETWEEN}*${DIGIT}){3,}(?:${BETWEEN}|${DIGIT})*${EXTENSION}?)$`,
  'i',
);
const EXTENSION_AT_END = new RegExp(`${EXTENSION}$`, 'i');

/** A leading `+`, where one is written, and 0 to 9; nothing where anything else is written than one number. */
export function dialledDigits(written: string): string | undefined {
  if (written.length > MAX_WRITTEN || !NUMBER.test(written)) return undefined;
  const digits = written
    .replace(EXTENSION_AT_END, '')
    .replace(new RegExp(DIGIT, 'g'), (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/\D/g, '');
  return written.startsWith('+') ? `+${digits}` : digits;
}
