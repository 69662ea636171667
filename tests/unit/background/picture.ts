/** What a sidebar would show, from the messages it was sent: as plain values that can be compared. */
import * as v from 'valibot';
import { createSidebarModel, type SidebarModel } from '../../../components/sidebar/model.ts';
import { type CallChange, numbered, type ToSidebar } from '../../../utils/messaging/sidebar-port.ts';

export type FakeSidebar = {
  model: SidebarModel;
  messages: ToSidebar[];
  take(message: ToSidebar): void;
};

/** A sidebar at the other end of a port: each message is copied, as ports do, and must be one of ours. */
export function createFakeSidebar(): FakeSidebar {
  const model = createSidebarModel();
  const messages: ToSidebar[] = [];
  return {
    model,
    messages,
    take(message) {
      const copy: ToSidebar = v.parse(numbered, JSON.parse(JSON.stringify({ n: 1, message }))).message;
      messages.push(copy);
      model.take(copy);
    },
  };
}

/** The calls with every entry, and where a label is left out. */
export function pictureOf({ calls }: SidebarModel) {
  return calls.value.map(({ summary, chunks, firstIndex }) => ({
    summary: summary.value,
    firstIndex: firstIndex.value,
    entries: chunks.value.flatMap(({ entries }) => [...entries.value]),
    continued: chunks.value.filter(({ continues }) => continues.value).map(({ number }) => number),
  }));
}

/** The texts of one call, in the order they stand in. */
export function textsOf(model: SidebarModel, callId: string): string[] | undefined {
  const call = pictureOf(model).find(({ summary }) => summary.id === callId);
  return call?.entries.map((entry) => (entry.kind === 'line' ? entry.text : '(gap)'));
}

export function changesOf(messages: readonly ToSidebar[]): CallChange[] {
  return messages.flatMap((message) => {
    if (message.type === 'older') return [message.change];
    return message.type === 'changes' ? message.calls : [];
  });
}
