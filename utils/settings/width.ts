/** How wide a sidebar in a page may be, in CSS pixels. */
export const MIN_WIDTH_PX = 280;
export const MAX_WIDTH_PX = 640;

/** The nearest width that a sidebar may have, in whole CSS pixels. */
export function clampWidth(width: number): number {
  return Math.min(MAX_WIDTH_PX, Math.max(MIN_WIDTH_PX, Math.round(width)));
}
