import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClientSetup } from './client-setup.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe('the beginning', () => {
  test('is hello and the upstream’s state', () => {
    const setup = createClientSetup();
    setup.append(7);
    const { frames } = setup.connect();
    expect(frames).toEqual([
      {
        type: 'hello',
        epoch: 'epoch-1',
        seq: 7,
        oldest: 1,
        agent: 'Alice',
        pingMs: 20_000,
        window: { events: 20_000, ms: 900_000 },
      },
      { type: 'upstream', state: 'up', since: 1 },
    ]);
  });

  test('nothing of the stream is sent before a resume or the wait is over', () => {
    const setup = createClientSetup();
    const { client, types } = setup.connect();
    setup.append(1);
    client.pump();
    expect(types()).toEqual(['hello', 'upstream']);
  });
});

describe('resuming', () => {
  test.each<[string, object, object, number[]]>([
    ['in full', { epoch: 'epoch-1', seq: 2 }, { recovered: true, from: 2, to: 6 }, [3, 4, 5, 6]],
    ['from the head of hello', { epoch: 'epoch-1', seq: 5 }, { recovered: true, from: 5, to: 6 }, [6]],
    ['from now on', {}, { recovered: false, from: 5, to: 5 }, [6]],
    ['from another epoch', { epoch: 'epoch-0', seq: 2 }, { recovered: false, from: 5, to: 5 }, [6]],
    ['without an epoch', { seq: 2 }, { recovered: false, from: 5, to: 5 }, [6]],
    ['without a sequence number', { epoch: 'epoch-1' }, { recovered: false, from: 5, to: 5 }, [6]],
  ])('%s', (_name, resume, resumed, seqs) => {
    const setup = createClientSetup();
    setup.append(5);
    const socket = setup.connect();
    setup.append(1);
    socket.client.pump();
    socket.say({ type: 'resume', ...resume });
    expect(socket.frames[2]).toEqual({ type: 'resumed', ...resumed });
    expect(socket.seqs()).toEqual(seqs);
  });

  test('from where another relay had come: waits until this one has read as far', () => {
    const setup = createClientSetup({ isBehind: true });
    setup.append(5);
    const socket = setup.connect();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 7 });
    setup.append(1);
    socket.client.pump();
    vi.advanceTimersByTime(3_000);
    expect(socket.frames.slice(2)).toEqual([]);
    setup.append(3);
    socket.client.pump();
    expect(socket.frames[2]).toEqual({ type: 'resumed', recovered: true, from: 7, to: 9 });
    expect(socket.seqs()).toEqual([8, 9]);
  });

  test.each([
    [
      'that the log never reached: not recovered',
      false,
      { type: 'resumed', recovered: false, from: 5, to: 5 },
    ],
    ['that this relay does not reach: sent away to come again', true, { type: 'bye', code: 1012 }],
  ])('from a point %s', (_name, isBehind, answer) => {
    const setup = createClientSetup({ isBehind });
    setup.append(5);
    const socket = setup.connect();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 99 });
    vi.advanceTimersByTime(4_000);
    expect(socket.frames[2]).toMatchObject(answer);
  });

  test('at the head: recovered, and nothing follows', () => {
    const setup = createClientSetup();
    setup.append(5);
    const socket = setup.connect();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 5 });
    expect(socket.frames.slice(2)).toEqual([{ type: 'resumed', recovered: true, from: 5, to: 5 }]);
  });

  test('where the window has moved on: not recovered, and nothing partial', () => {
    const setup = createClientSetup({ window: { events: 4 } });
    setup.append(10);
    const socket = setup.connect();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 5 });
    setup.append(1);
    socket.client.pump();
    expect(socket.frames[2]).toMatchObject({ type: 'resumed', recovered: false });
    expect(socket.seqs()).toEqual([11]);
  });

  test.each<[string, number, number, number[]]>([
    ['nothing was ever dropped', 3, 1, [1, 2, 3]],
    ['some were', 10, 7, [7, 8, 9, 10]],
    ['there were none yet', 0, 1, []],
  ])('from before the oldest of hello, when %s: everything held', (_name, count, oldest, seqs) => {
    const setup = createClientSetup({ window: { events: 4 } });
    setup.append(count);
    const socket = setup.connect();
    expect(socket.frames[0]).toMatchObject({ type: 'hello', oldest, seq: count });
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: oldest - 1 });
    expect(socket.frames[2]).toEqual({ type: 'resumed', recovered: true, from: oldest - 1, to: count });
    expect(socket.seqs()).toEqual(seqs);
  });

  test('the oldest of hello is not older than the window, and one ahead of the head when none is held', () => {
    const setup = createClientSetup();
    setup.append(2);
    vi.advanceTimersByTime(600_000);
    setup.append(1);
    vi.advanceTimersByTime(600_000);
    expect(setup.connect().frames[0]).toMatchObject({ seq: 3, oldest: 3 });
    vi.advanceTimersByTime(600_000);
    const socket = setup.connect();
    expect(socket.frames[0]).toMatchObject({ seq: 3, oldest: 4 });
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 3 });
    expect(socket.frames.slice(2)).toEqual([{ type: 'resumed', recovered: true, from: 3, to: 3 }]);
  });

  test('from before the oldest of hello, while a full window moves on: what is held now, and where it begins', () => {
    const setup = createClientSetup({ window: { events: 4 } });
    setup.append(10);
    const socket = setup.connect();
    setup.append(2);
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 6 });
    expect(socket.frames[2]).toEqual({ type: 'resumed', recovered: true, from: 8, to: 12 });
    expect(socket.seqs()).toEqual([9, 10, 11, 12]);
  });

  test('a gap that has left the window is told to those who resume from right before it', () => {
    const setup = createClientSetup({ window: { events: 2 } });
    setup.append(1);
    setup.appendGap(50);
    setup.append(2);
    const socket = setup.connect();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 1 });
    expect(socket.types().slice(2)).toEqual(['resumed', 'gap', 'events']);
    expect(socket.seqs()).toEqual([2, 3]);
  });

  test('gaps stand in place between the events', () => {
    const setup = createClientSetup();
    setup.append(2);
    setup.appendGap(50);
    setup.append(1);
    const socket = setup.connect();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 1 });
    expect(socket.types().slice(2)).toEqual(['resumed', 'events', 'gap', 'events']);
    expect(socket.frames[4]).toEqual({ type: 'gap', from: 50, to: 51, reason: 'upstream-away' });
  });

  test('gaps from before hello are not told to somebody who starts now', () => {
    const setup = createClientSetup();
    setup.append(1);
    setup.appendGap(50);
    const socket = setup.connect();
    socket.say({ type: 'resume' });
    expect(socket.types()).not.toContain('gap');
  });

  test('events on either side of the decision arrive once, in order', () => {
    const setup = createClientSetup();
    setup.append(3);
    const socket = setup.connect();
    setup.append(2);
    socket.client.pump();
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 1 });
    setup.append(2);
    socket.client.pump();
    vi.advanceTimersByTime(5_000);
    expect(socket.seqs()).toEqual([2, 3, 4, 5, 6, 7]);
  });

  test('a client that never says anything gets everything since its hello', () => {
    const setup = createClientSetup();
    setup.append(3);
    const socket = setup.connect();
    setup.append(2);
    vi.advanceTimersByTime(999);
    expect(socket.seqs()).toEqual([]);
    vi.advanceTimersByTime(1);
    setup.append(1);
    socket.client.pump();
    expect(socket.seqs()).toEqual([4, 5, 6]);
    expect(socket.types()).not.toContain('resumed');
  });

  test('a first resume after the wait is still honoured', () => {
    const setup = createClientSetup();
    setup.append(3);
    const socket = setup.connect();
    setup.append(1);
    vi.advanceTimersByTime(1_500);
    socket.say({ type: 'resume', epoch: 'epoch-1', seq: 1 });
    expect(socket.seqs()).toEqual([4, 2, 3, 4]);
    expect(socket.log).toEqual([]);
  });

  test('a late resume that cannot be honoured is told what came since hello again', () => {
    const setup = createClientSetup();
    setup.append(3);
    const socket = setup.connect();
    setup.append(2);
    vi.advanceTimersByTime(1_500);
    socket.say({ type: 'resume', epoch: 'another', seq: 1 });
    expect(socket.frames.find(({ type }) => type === 'resumed')).toMatchObject({
      recovered: false,
      from: 3,
      to: 3,
    });
    expect(socket.seqs()).toEqual([4, 5, 4, 5]);
  });
});
