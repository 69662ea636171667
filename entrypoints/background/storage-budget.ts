/** One bound for all that is kept in an area: whoever keeps the most there gives way. */
type BudgetMember = {
  /** Bytes kept, about. */
  size(): number;
  shrink(): void;
};

export type StorageBudget = {
  /** Returns the undoing. */
  join(member: BudgetMember): () => void;
  /** Lets the largest member shrink once where the bound is passed. */
  makeRoom(): void;
};

export function createStorageBudget(maxBytes: number): StorageBudget {
  const members = new Set<BudgetMember>();
  return {
    join(member) {
      members.add(member);
      return () => void members.delete(member);
    },
    makeRoom() {
      const sizes = [...members].map((member) => ({ member, size: member.size() }));
      if (sizes.reduce((sum, { size }) => sum + size, 0) <= maxBytes) return;
      sizes.toSorted((one, other) => other.size - one.size)[0]?.member.shrink();
    },
  };
}
