/** A storage area of the browser, or a map in a test. One `write` is taken whole or not at all. */
export type Area = {
  /** The values of `keys`, or of all there are; keys without a value are left out. */
  read(keys?: string[]): Promise<Record<string, unknown>>;
  /** Rejects where the area's quota would be passed; then nothing of it was written. */
  write(values: Record<string, unknown>): Promise<void>;
  remove(keys: string[]): Promise<void>;
};
