/** Which section is being read: the one that was gone to, and once the page is scrolled by hand the one before the eye. */
import type { Signal } from '@preact/signals';
import { type SectionId, sectionAt, sectionIds } from './options-place.ts';

export type CurrentSection = {
  /** Scrolls to a section, or without one to the top. */
  goTo(section: SectionId | undefined): void;
  stop(): void;
};

/** The eye reads in the upper third. */
const LINE = 1 / 3;
/** A page at its end may be a fraction of a pixel away from it. */
const NEAR_PX = 2;

/** Keeps `current` up to date. */
export function watchCurrentSection(window: Window, current: Signal<SectionId | undefined>): CurrentSection {
  const { document } = window;
  /** Where the page stood when it was last scrolled by `goTo`: a short last section never reaches the top. */
  let wentToY: number | undefined;

  function look(): void {
    if (wentToY !== undefined && Math.abs(window.scrollY - wentToY) < NEAR_PX) return;
    wentToY = undefined;
    const tops = sectionIds.flatMap((id) => {
      const top = document.getElementById(id)?.getBoundingClientRect().top;
      return top === undefined ? [] : [{ id, top }];
    });
    const left = document.documentElement.scrollHeight - window.innerHeight - window.scrollY;
    current.value = sectionAt(tops, window.innerHeight * LINE, left < NEAR_PX);
  }

  window.addEventListener('scroll', look, { passive: true });
  window.addEventListener('resize', look);
  look();
  return {
    goTo(section) {
      if (section === undefined) window.scrollTo(0, 0);
      else document.getElementById(section)?.scrollIntoView();
      wentToY = section === undefined ? undefined : window.scrollY;
      if (section === undefined) look();
      else current.value = section;
    },
    stop() {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    },
  };
}
