/** What no output of the project may hold: tokens of any kind, and words that were spoken on a call. */

/** Where: as `file:line`. The secret itself is not repeated, only its kind. */
export type Finding = { where: string; kind: string };

/** Of the tests' own making, and of the forms that real ones have. */
const TOKENS: readonly RegExp[] = [
  /esh_[A-Za-z0-9_-]{4,}/,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\./,
  /base64url\.bearer\.earshot\.[A-Za-z0-9_-]+/,
  /\bBearer +(?!<)[A-Za-z0-9._~+/-]{4,}/i,
  /(?:platform|agent|alice|bob)-(?:token|secret)[A-Za-z0-9-]*/i,
];

/** `spoken`: sentences that the tests' calls hold, as they may stand in an event. Case counts for nothing. */
export function findSecrets(file: string, text: string, spoken: readonly string[]): Finding[] {
  const sentences = spoken.map((sentence) => sentence.toLowerCase());
  return text.split('\n').flatMap((line, index) => {
    const where = `${file}:${index + 1}`;
    const lowered = line.toLowerCase();
    const findings: Finding[] = [];
    if (TOKENS.some((token) => token.test(line))) findings.push({ where, kind: 'a token' });
    if (sentences.some((sentence) => lowered.includes(sentence)))
      findings.push({ where, kind: 'words of a call' });
    return findings;
  });
}
