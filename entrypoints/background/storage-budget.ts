/** One bound for all that is kept in an area: whoever keeps the most there gives way. */
type BudgetMember = {
  /** Bytes kept, about. */
  size(): number;
  shrink(): void;
};

export type StorageBudget = {
  join(member: BudgetMember): void;
  /** Lets the largest member shrink once where the bound is passed; `false` where it is not. */
  makeRoom(): boolean;
};

export function createStorageBudget(maxBytes: number): StorageBudget {
  const members = new Set<BudgetMember>();
  return {
    join: (member) => void members.add(member),
    makeRoom() {
      const sizes = [...members].map((member) => ({ member, size: member.size() }));
      if (sizes.reduce((sum, { size }) => sum + size, 0) <= maxBytes) return false;
      sizes.toSorted((one, other) => other.size - one.size)[0]?.member.shrink();
      return true;
    },
  };
}
