import { expect, test } from 'vitest';
import { createRulesMemory, type RulesMemory } from '../../../relay/stream/rules-memory.ts';
import { createRulesView, type View } from '../../../relay/stream/view.ts';

const view = () => createRulesView(() => false);
const looked = (one: View) => ({ view: one, had: [] });
const viewsAt = (memory: RulesMemory, name: string, seq: number) =>
  memory.at(name, seq).map((one) => one.view);

test('knows through what a connection looked that ended, and nothing of others', () => {
  const memory = createRulesMemory();
  const [one, other] = [view(), view()];
  memory.begin('Ann', looked(one), 10).ended(20);
  memory.begin('Ann', looked(other), 30);
  const at = (seq: number) => viewsAt(memory, 'Ann', seq);
  expect([at(9), at(10), at(20), at(25), at(30), at(99)]).toEqual([[], [one], [one], [], [other], [other]]);
  expect(viewsAt(memory, 'Ben', 15)).toEqual([]);
});

test('where connections looked through different ones, it was any of them', () => {
  const memory = createRulesMemory();
  const [one, other] = [view(), view()];
  memory.begin('Ann', looked(one), 10);
  memory.begin('Ann', looked(other), 20).ended(40);
  expect([viewsAt(memory, 'Ann', 15), viewsAt(memory, 'Ann', 30), viewsAt(memory, 'Ann', 50)]).toEqual([
    [one],
    [one, other],
    [one],
  ]);
});

test('a connection put aside has never been', () => {
  const memory = createRulesMemory();
  const [one, other] = [view(), view()];
  memory.begin('Ann', looked(one), 0).ended(10);
  memory.begin('Ann', looked(other), 10).withdraw();
  expect(viewsAt(memory, 'Ann', 10)).toEqual([one]);
});

test('what nobody can resume from is forgotten', () => {
  const memory = createRulesMemory();
  const [one, other] = [view(), view()];
  memory.begin('Ann', looked(one), 0).ended(10);
  memory.begin('Ben', looked(other), 0);
  memory.trim(12);
  expect([viewsAt(memory, 'Ann', 10), viewsAt(memory, 'Ben', 10)]).toEqual([[], [other]]);
});

test('the names used least lately are forgotten beyond 10,000', () => {
  const memory = createRulesMemory();
  const one = view();
  for (let name = 0; name <= 10_000; name += 1) memory.begin(String(name), looked(one), 0).ended(5);
  expect([viewsAt(memory, '0', 5), viewsAt(memory, '1', 5)]).toEqual([[], [one]]);
});
