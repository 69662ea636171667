/** Which sequence numbers a reader has, over all its connections, in four bytes each. */

export function createSeenNumbers() {
  let lastSeen = new Uint32Array(4_096);

  return {
    has: (seq: number): boolean => (lastSeen[seq] ?? 0) !== 0,
    /** False if it has come on this connection before. `connection`: 1 and up. */
    add(seq: number, connection: number): boolean {
      if (seq >= lastSeen.length) {
        const larger = new Uint32Array(Math.max(seq + 1, lastSeen.length * 2));
        larger.set(lastSeen);
        lastSeen = larger;
      }
      const isNew = lastSeen[seq] !== connection;
      lastSeen[seq] = connection;
      return isNew;
    },
  };
}
