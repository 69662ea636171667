/** The look of the overlay's host, so that no page's own style reaches it. */
import type { Layout } from '../../utils/messaging/overlay-messages.ts';

const HOST = 'all:initial;display:block;position:fixed;max-width:100vw;overflow:hidden;z-index:2147483647;';
const PILL = 'width:176px;height:40px;bottom:16px;border-radius:20px;';

/**
 * Its whole `style` attribute: full height at its side, or a pill in that side's lower corner. All of it is important,
 * since pages reset everything. As text the attribute stays as short as this is; what is set through CSSOM the browser
 * writes out, and `all` is 10 kB of it.
 */
export function hostStyle({ side, width, collapsed }: Omit<Layout, 'room'>, isHidden: boolean): string {
  const place = collapsed ? `${PILL}${side}:16px;` : `width:${width}px;top:0;bottom:0;${side}:0;`;
  const styles = `${HOST}${place}visibility:${isHidden ? 'hidden' : 'visible'};`;
  return styles.replaceAll(';', '!important;');
}
