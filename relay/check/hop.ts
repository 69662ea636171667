/** What `check` finds, hop by hop: a sentence each, and what to do where something is wrong. */

type HopName =
  | 'configuration'
  | 'token'
  | 'host'
  | 'upgrade'
  | 'events'
  | 'readable'
  | 'certificate'
  | 'identity'
  | 'bus'
  | 'listen'
  | 'operations';

export type Hop = {
  hop: HopName;
  /** Where it is a stream's. */
  stream?: string;
  /** `poor`: running would fail here. `unknown`: nothing is wrong, and nothing is shown. */
  tone: 'good' | 'poor' | 'unknown';
  /** Never holds a token or a word that was spoken. */
  text: string;
  remedy?: string;
};

/** Told as it is found. */
export type OnHop = (hop: Hop) => void;
