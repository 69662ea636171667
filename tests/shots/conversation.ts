/** What is said in the scenes: one call long enough to scroll, in fixed words at fixed times. */

/** The call began here, and the scenes look at it `SHOWN_AT_MS`. Days ahead: no clock of the browser is turned back. */
export const STARTED_AT_MS = Date.UTC(2031, 0, 2, 14, 3, 0);
export const SHOWN_AT_MS = STARTED_AT_MS + 151_000;

export type Said = { atMs: number; data: Record<string, unknown> };

type Leg = 0 | 1;
type Line = readonly [atSeconds: number, leg: Leg, text: string];

/** The ticket 1042 of the demo's help desk holds this caller's number. */
const patricia = {
  cli: '+1 512 555 0142',
  dest: '+1 800 555 0199',
  customer: 'Patricia Brown',
  direction: 'inbound',
};

export const MAIN_CALL = 'shots-main';

/** Seventeen times "card". */
const english: readonly Line[] = [
  [3, 1, 'hello this is harper valley national bank'],
  [6, 1, 'my name is elizabeth how can i help you today'],
  [12, 0, 'hi my name is patricia brown'],
  [15, 0, 'i lost my debit card can you send me a new card'],
  [23, 1, 'which card would you like to replace the debit card or the credit card'],
  [30, 0, 'the debit card the one ending in four four one two'],
  [35, 0, 'it was in my wallet i think on the bus'],
  [42, 1, 'thank you i can see it here'],
  [46, 1, 'when did you last use the card'],
  [52, 0, 'on monday i paid with the card at the pharmacy on lamar boulevard'],
  [61, 1, 'there is one payment of eighteen dollars forty on monday and nothing after it'],
  [69, 0, 'yes that was me'],
  [74, 1, 'then i will block the card now so that nobody else can use it'],
  [81, 0, 'please do'],
  [85, 1, 'the card is blocked and a new card is ordered'],
  [92, 0, 'great how long does the new card take'],
  [97, 1, 'it arrives in three to five days at your address on barton springs road'],
  [105, 0, 'and is there a fee for the card'],
  [111, 1, 'no the replacement card is free of charge'],
  [118, 0, 'will my card number be the same'],
  [124, 1, 'no you get a new number so please tell every shop that keeps your old card'],
  [133, 0, 'oh that is a lot of shops'],
  [138, 1, 'the app can list them for you if you like i can send you the steps for the new card'],
];

const arabic: readonly Line[] = [
  [3, 1, 'صباح الخير معك بنك هاربر فالي'],
  [6, 1, 'اسمي إليزابيث كيف أقدر أساعدك اليوم'],
  [12, 0, 'صباح النور اسمي هدى منصور'],
  [15, 0, 'ضاعت بطاقتي وأريد بطاقة جديدة من فضلك'],
  [23, 1, 'أي بطاقة تريدين استبدالها بطاقة Visa أم بطاقة الراتب'],
  [30, 0, 'بطاقة Visa التي تنتهي بالأرقام 4412'],
  [36, 0, 'أظن أنها ضاعت في الحافلة'],
  [43, 1, 'تمام متى استخدمتها آخر مرة'],
  [50, 0, 'يوم الاثنين في الصيدلية دفعت 18.40 دولارا'],
  [60, 1, 'شكرا لك أوقفت البطاقة الآن ولن يستطيع أحد استخدامها'],
  [70, 0, 'كم يوما تحتاج البطاقة الجديدة'],
  [76, 1, 'تصل خلال ثلاثة إلى خمسة أيام إلى عنوانك في شارع Barton Springs'],
  [88, 0, 'وهل هناك رسوم'],
  [94, 1, 'لا البطاقة البديلة مجانية'],
];

function callOf(callid: string, parties: Record<string, string>, lines: readonly Line[]): Said[] {
  return [
    { atMs: 0, data: { callid, event: 'started', ...parties } },
    ...lines.map(
      ([seconds, leg, text]): Said => ({
        atMs: seconds * 1_000,
        data: { callid, leg, text, final: true },
      }),
    ),
  ];
}

/** The main call: three seconds ago its last line was still being spoken. */
export const mainCall: readonly Said[] = [
  ...callOf(MAIN_CALL, patricia, english),
  {
    atMs: 148_000,
    data: { callid: MAIN_CALL, leg: 0, text: 'yes please by e-mail that would', final: false },
  },
];

/** The same words on a call of a number that the ticket does not hold. */
export const otherNumbersCall: readonly Said[] = mainCall.map(({ atMs, data }) => ({
  atMs,
  data: 'cli' in data ? { ...data, cli: '+44 20 7946 0018', customer: 'Owen Hartley' } : data,
}));

export const arabicCall: readonly Said[] = [
  ...callOf(
    MAIN_CALL,
    { cli: '+1 512 555 0142', dest: '+1 800 555 0199', customer: 'هدى منصور', direction: 'inbound' },
    arabic,
  ),
  { atMs: 148_000, data: { callid: MAIN_CALL, leg: 0, text: 'ممتاز شكرا جزيلا', final: false } },
];

/** More lines of the main call, spoken while the reader reads elsewhere. */
export const moreLines: readonly Said[] = [
  'yes please by e-mail that would help',
  'it is patricia dot brown at example dot com',
  'and could you call me when it is sent',
  'i am at work until six',
].map((text) => ({ atMs: 149_000, data: { callid: MAIN_CALL, leg: 0, text, final: true } }));

export const endOfMainCall: Said = { atMs: 150_000, data: { callid: MAIN_CALL, event: 'hangup' } };

/** A call that began half a minute ago, of a number that no ticket holds. */
export const newCall: readonly Said[] = callOf(
  'shots-new',
  { cli: '+44 20 7946 0018', dest: '+1 800 555 0199', customer: 'Owen Hartley', direction: 'inbound' },
  [[3, 1, 'hello this is harper valley national bank']],
).map(({ atMs, data }) => ({ atMs: atMs + 121_000, data }));

/** Calls beside the main one: one that was silent for minutes, one that ended, one that only has an id. */
export const otherCalls: readonly Said[] = [
  ...callOf(
    'shots-ended',
    { cli: '+1 305 555 0117', dest: '+1 800 555 0199', customer: 'Lucía Ferrer', direction: 'inbound' },
    [[5, 1, 'hello this is harper valley national bank']],
  ).map(({ atMs, data }) => ({ atMs: atMs - 1_500_000, data })),
  { atMs: -700_000, data: { callid: 'shots-ended', event: 'hangup' } },
  ...callOf('shots-silent', { cli: '+1 800 555 0199', dest: '+49 30 23125 007', direction: 'outbound' }, [
    [5, 0, 'good afternoon am i speaking with mister vogel'],
  ]).map(({ atMs, data }) => ({ atMs: atMs - 400_000, data })),
  { atMs: -90_000, data: { callid: 'b3f1c2d4-77aa', leg: 1, text: 'one moment please', final: true } },
];

/** More calls than are kept, all ended. */
export const manyCalls: readonly Said[] = Array.from({ length: 62 }, (_, number) => ({
  callid: `shots-old-${number}`,
  atMs: -7_200_000 + number * 60_000,
})).flatMap(({ callid, atMs }) => [
  { atMs, data: { callid, leg: 0, text: 'hello', final: true } },
  { atMs: atMs + 30_000, data: { callid, event: 'hangup' } },
]);

/** Three events nobody can read, the last cut short. */
export const unreadable: readonly unknown[] = [{ leg: 1 }, { leg: 0 }, '{"callid": "shots-main", "te'];
