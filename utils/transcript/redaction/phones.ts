/** Phone numbers, in the shapes people write and say them in. Numbers of orders and cases, dates and amounts stay. */
import { type DigitRun, digitRuns, spans } from './digit-runs.ts';
import type { Found, HeardLine } from './heard-line.ts';

const MIN_DIGITS = 7;
const MAX_DIGITS = 15;

/** Digits with at most a space, a sign and a space between any two of them. */
const WRITTEN = /(?:\+ ?)?\(?\d(?: ?[-./()\u2010-\u2013]{0,2} ?\(?\d)*/gu;
const BEFORE = /[\p{L}\p{N}_\-./#=@&%*~^\p{Sc}:,']$|\p{Sc} $/u;
const AFTER =
  /^(?:[\p{L}\p{N}_@%°\p{Sc}]|[-_/.:,']\d| ?(?:\p{Sc}|eur(?:os?)?|usd|gbp|dollars?|pounds?|reais)(?!\p{L}))/u;
/** What goes by a number and is no phone. */
const OTHER_NAME =
  /(?<!\p{L})(?:orders?|invoice|ticket|case|tracking|ref|reference|confirmation|booking|accounts?|policy|serial|routing|transaction|parcel|product|item|model|version|bestell\p{L}*|rechnung\p{L}*|auftrag\p{L}*|konto\p{L}*|kunden\p{L}*|vorgang\p{L}*|pedido|factura|cuenta|caso|commande|facture|compte|dossier|fatura|conta|protocolo|طلب\p{L}*|\p{L}*حساب\p{L}*)(?!\p{L})[^\d.?!]{0,30}$/u;
const PHONE_NAME =
  /(?<!\p{L})(?:phone|telephone|cell|mobile|fax|whatsapp|call (?:me|back|us)|reach me|handy\p{L}*|telefon\p{L}*|rufnummer|telefono|movil|celular|telemovel|portable|هاتف\p{L}*|\p{L}*جوال\p{L}*)(?!\p{L})[^\d.?!]{0,30}$/u;

const DATE =
  /^(?:(?:19|20)\d\d([-/. ])\d{1,2}\1\d{1,2}|\d{1,2}([-/. ])\d{1,2}\2(?:19|20)?\d\d|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d)$/;
const AMOUNT = /^\d{1,3}(?:[. ]\d{3})+$|^\d+\.\d+$/;
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const SOCIAL_SECURITY = /^\d{3}[- ]\d{2}[- ]\d{4}$/;

const SHAPES = [
  /^(?:\+|00[1-9])/, // abroad
  /^\(?0[1-9][-. /]?\d/, // with the 0 that is dialled within a country
  /^(?:1[-. ]?)?\(?[2-9]\d\d\)?[-. ]?[2-9]\d\d[-. ]?\d{4}$/, // North America
  /^[2-9]\d\d[-.]\d{4}$/,
  /^\(?\d\d\)? ?9?\d{4}-\d{4}$/, // Brazil
  /^[6-9]\d\d \d{3} \d{3}$/, // Spain
  /^(?=(?:\D*\d){9}$)[236-9]\d{1,2}(?: \d{2,3}){2,3}$/, // Portugal, Spain, in other groups
  /^\(?\d{2,3}\)?[-. ]\d{4,5}[-. ]\d{4}$/, // Mexico, Brazil
];
const UNGROUPED = /^\d{1,8}$/;

export function findPhones(lines: readonly HeardLine[]): Found[] {
  const written = lines.flatMap(({ plain }, line) => (/\d/.test(plain) ? findWritten(plain, line) : []));
  return [
    ...written,
    ...digitRuns(lines, 0).flatMap((run) => (isDictated(run, lines) ? spans(run.tokens) : [])),
  ];
}

function findWritten(plain: string, line: number): Found[] {
  const found: Found[] = [];
  for (const { 0: match, index } of plain.matchAll(WRITTEN)) {
    const written = match.replace(/[\u2010-\u2013]/g, '-');
    const to = index + match.length;
    if (BEFORE.test(plain.slice(Math.max(0, index - 2), index)) || AFTER.test(plain.slice(to, to + 12)))
      continue;
    if (isPhone(written, plain.slice(Math.max(0, index - 60), index))) found.push({ line, from: index, to });
  }
  return found;
}

function isPhone(written: string, before: string): boolean {
  const digits = written.replace(/\D/g, '').length;
  if (digits < MIN_DIGITS || digits > MAX_DIGITS) return false;
  if (written.startsWith('+')) return true;
  if (DATE.test(written) || ADDRESS.test(written) || SOCIAL_SECURITY.test(written)) return false;
  if (OTHER_NAME.test(before)) return false;
  if (PHONE_NAME.test(before)) return true;
  if (UNGROUPED.test(written) || /^(\d)(?:\D*\1)*$/.test(written)) return false;
  if (AMOUNT.test(written) && !/^[6-9]\d\d \d{3} \d{3}$/.test(written)) return false;
  return SHAPES.some((shape) => shape.test(written));
}

/** Seven to fifteen digits told aloud, that are no counting, nothing said twice, no date of birth and no number of something else. */
function isDictated({ tokens, lead }: DigitRun, lines: readonly HeardLine[]): boolean {
  const digits = tokens.map((token) => token.digits).join('');
  const [first] = tokens;
  if (first === undefined || !tokens.some(({ spoken }) => spoken)) return false;
  if (digits.length < MIN_DIGITS || digits.length > MAX_DIGITS) return false;
  if (lead === 'plus') return true;
  if ('0123456789'.includes(digits.slice(0, 7)) || /^(\d+)\1+$/.test(digits)) return false;
  if (digits.length <= 8 && /^(?:19|20)\d\d|(?:19|20)\d\d$/.test(digits)) return false;
  const before = lines.slice(Math.max(0, first.line - 2), first.line).map(({ plain }) => plain);
  const own = lines[first.line]?.plain.slice(0, first.from) ?? '';
  return ![...before, own].some((plain) => OTHER_NAME.test(plain.slice(-80)));
}
