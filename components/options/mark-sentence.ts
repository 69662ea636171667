/** A sentence cut at the borders of what was found in it, so that each piece has one look. */
import type { KeywordHit } from '../../utils/transcript/keywords.ts';

/** `hits`: those whose words cover the piece, in their order; none where nobody's do. */
export type SentencePiece = { text: string; hits: KeywordHit[] };

/** The pieces joined are the sentence; neighbours differ in their hits. */
export function markSentence(sentence: string, hits: readonly KeywordHit[]): SentencePiece[] {
  const borders = new Set([0, sentence.length]);
  for (const { from, to } of hits.flatMap(({ ranges }) => ranges)) borders.add(from).add(to);
  const sorted = [...borders].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((from, index) => ({
    text: sentence.slice(from, sorted[index + 1]),
    hits: hits.filter(({ ranges }) => ranges.some((range) => range.from <= from && from < range.to)),
  }));
}
