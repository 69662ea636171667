/** Words for digits, as people dictate numbers in the languages of the interface. All are folded (`foldText`). */
import { foldText } from '../fold-text.ts';

/** The value of a number word; tens take a unit after them, `times` repeats the digit that follows. */
export type NumberWord = { value: number; times?: number };

type Vocabulary = {
  /** `0 1 2 …`: the words for each, those of one value joined by `/`. */
  from0: string;
  from10: string;
  /** 20, 30 … 90. */
  tens: string;
  /** Such as `double`. */
  repeat: Record<string, number>;
  /** Of those words, the ones too common to tell the language by. */
  weak: string;
};

const vocabularies: readonly Vocabulary[] = [
  {
    from0: 'zero/oh/o/nought/naught/nil one two three four five six seven eight nine/niner',
    from10: 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
    tens: 'twenty thirty forty/fourty fifty sixty seventy eighty ninety',
    repeat: { double: 2, triple: 3, treble: 3, quadruple: 4 },
    weak: 'oh o double',
  },
  {
    from0: 'cero uno/un/una dos tres cuatro cinco seis siete ocho nueve',
    from10:
      'diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno/veintiún veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve',
    tens: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
    repeat: { doble: 2, triple: 3 },
    weak: 'un una once triple',
  },
  {
    from0: 'zero um/uma dois/duas três quatro cinco seis/meia sete oito nove',
    from10:
      'dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove',
    tens: 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
    repeat: { dobro: 2, duplo: 2, triplo: 3 },
    weak: 'um uma meia zero',
  },
  {
    from0: 'zéro un/une deux trois quatre cinq six sept huit neuf',
    from10: 'dix onze douze treize quatorze quinze seize',
    tens: 'vingt trente quarante cinquante soixante septante huitante/octante nonante',
    repeat: { double: 2, triple: 3 },
    weak: 'un une six double triple',
  },
  {
    from0: 'null eins/ein/eine zwei/zwo drei vier fünf sechs sieben acht neun',
    from10: 'zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
    tens: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
    repeat: { doppel: 2, zweimal: 2, dreimal: 3 },
    weak: 'ein eine null',
  },
  {
    from0:
      'صفر/زيرو واحد/واحدة اثنان/اثنين/اتنين/إثنان/اثنتان/تنين ثلاثة/ثلاث/تلاتة/تلاته أربعة/أربع/اربعه خمسة/خمس/خمسه ستة/ست/سته سبعة/سبع/سبعه ثمانية/ثمان/ثماني/تمانية/تمانيه تسعة/تسع/تسعه',
    from10: 'عشرة/عشر/عشره',
    tens: 'عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين',
    repeat: {},
    weak: '',
  },
];

/** May stand between the digits of one number. */
const FILLERS =
  'uh um uhm umm er erm ah hm hmm mm mhm and then dash hyphen space dot comma okay ok yes yeah yep right so like next please äh ähm öh und dann strich bindestrich leerzeichen komma ja okay eh este y luego guion guión coma sí si espacio euh et puis tiret espace virgule oui e é depois hífen traço vírgula sim então né اه آه و ثم نعم شرطة فاصلة';

/** After or among digits they make them an amount, a date or a measure. */
const STOPS =
  'hundred thousand million billion dollar dollars cent cents euro euros pound pounds pence bucks percent o’clock oclock am pm january february march april june july august september october november december hundert tausend prozent uhr januar februar märz mai juni juli oktober dezember cien cientos mil por ciento dólares pesos enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre cent mille pour euros janvier février mars avril juin juillet août septembre octobre novembre décembre cem reais centavos janeiro fevereiro março maio junho julho setembro outubro novembro dezembro مئة مائة ألف دولار ريال درهم';

const numberWords = vocabularies.map(readVocabulary);
export const fillers: ReadonlySet<string> = new Set(foldAll(FILLERS));
export const stops: ReadonlySet<string> = new Set(foldAll(STOPS));

/** For each word the languages it tells of, as bits. */
const tellingLanguages = new Map<string, number>();
for (const [language, { weak }] of vocabularies.entries()) {
  const untelling = new Set(foldAll(weak));
  for (const word of numberWords[language]?.keys() ?? []) {
    if (untelling.has(word)) continue;
    tellingLanguages.set(word, (tellingLanguages.get(word) ?? 0) | (1 << language));
  }
}

/** The number words of the language most of them belong to: `um` is one in Portuguese, and nothing in English. */
export function numberWordsFor(words: readonly string[]): ReadonlyMap<string, NumberWord> | undefined {
  const telling = words.flatMap((word) => tellingLanguages.get(word) ?? []);
  if (telling.length === 0) return undefined;
  const counts = vocabularies.map(() => 0);
  for (const languages of telling) {
    for (let language = 0; languages >> language > 0; language += 1) {
      if ((languages >> language) & 1) counts[language] = (counts[language] ?? 0) + 1;
    }
  }
  return numberWords[counts.indexOf(Math.max(...counts))];
}

function readVocabulary({ from0, from10, tens, repeat }: Vocabulary): ReadonlyMap<string, NumberWord> {
  const words = new Map<string, NumberWord>();
  const add = (list: string, valueAt: (index: number) => number) => {
    for (const [index, synonyms] of list.split(' ').entries()) {
      for (const word of synonyms.split('/')) words.set(fold(word), { value: valueAt(index) });
    }
  };
  add(from0, (index) => index);
  add(from10, (index) => 10 + index);
  add(tens, (index) => 20 + index * 10);
  for (const [word, times] of Object.entries(repeat)) words.set(fold(word), { value: -1, times });
  if (words.has('zwanzig')) addGermanCompounds(words);
  return words;
}

/** `zweiundvierzig`. */
function addGermanCompounds(words: Map<string, NumberWord>): void {
  const entries = [...words];
  for (const [ten, { value: tenValue }] of entries) {
    if (tenValue < 20) continue;
    for (const [unit, { value }] of entries) {
      if (value >= 1 && value <= 9) words.set(`${unit}und${ten}`, { value: tenValue + value });
    }
  }
}

function foldAll(list: string): string[] {
  return list.split(' ').map(fold);
}

function fold(word: string): string {
  return foldText(word).text;
}
