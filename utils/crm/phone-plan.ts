/**
 * How the numbers of one country are dialled, as libphonenumber's metadata say it. A pattern is the source of a
 * regular expression for digits, and is empty where there is nothing to match.
 */
export type PhonePlan = readonly [
  /** ISO 3166-1 alpha-2; empty for the numbers of no country, such as +800. */
  country: string,
  /** Of ITU-T E.164, such as `49`. Of countries that share one, the first has the numbers of none. */
  callingCode: string,
  /** A pattern of what is dialled before a number abroad, such as `00`. */
  abroad: string,
  /** A pattern of every number, without its calling code. */
  number: string,
  /** How many digits those have, in rising order. */
  lengths: readonly number[],
  /** A pattern of what is dialled before a number within the country, such as `0`. */
  prefix: string,
  /** What takes the place of a prefix that has groups; empty where nothing does. */
  instead: string,
  /** A pattern of how a number begins that is this country's, of several with one calling code. */
  beginning: string,
  /** A narrower pattern of every number, where the first one takes other countries' too. */
  kinds: string,
];
