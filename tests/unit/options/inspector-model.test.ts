/** The inspector's core: what it watches, shows, changes and stores, with a line and a store made up. */
import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { createInspectorModel } from '../../../components/options/inspector-model.ts';
import type { FromOptions, RawEvent, ToOptions } from '../../../utils/messaging/options-port.ts';
import { decodeSettings, type Relay } from '../../../utils/settings/settings.ts';
import type { FieldMap } from '../../../utils/transcript/field-map.ts';

const relays = ['r1', 'r2'].map((id) => ({ id, address: `wss://${id}.example` }));
const ofRelay: FieldMap = { paths: { text: ['theirs'] }, legValues: {}, finalValues: {} };

function setUp(stored: object = { relays }) {
  const held = signal(decodeSettings(stored));
  const said: FromOptions[] = [];
  const saved: [Relay, string][] = [];
  let failing = false;
  let isClosed = false;
  let take: (message: ToOptions) => void = () => {};
  const model = createInspectorModel({
    held,
    settings: {
      tokenOf: ({ id }) => Promise.resolve(`token of ${id}`),
      putRelay(relay, token) {
        if (failing) return Promise.reject(new Error('full'));
        saved.push([relay, token]);
        return Promise.resolve();
      },
    },
    openLine(listener) {
      take = listener;
      return {
        say: (message) => void said.push(message),
        close: () => {
          isClosed = true;
        },
      };
    },
  });
  const close = model.open();
  return {
    model,
    held,
    said,
    saved,
    close,
    isClosed: () => isClosed,
    fail: (on: boolean) => {
      failing = on;
    },
    tell: (message: ToOptions) => take(message),
    come: (...events: RawEvent[]) => take({ type: 'events', relayId: 'r1', events }),
    greet: (relayFieldMap?: FieldMap, relayId = 'r1') =>
      take({
        type: 'watched',
        relayId,
        relay: { name: 'connecting', sinceMs: 0, after: undefined },
        platform: { name: 'unknown', sinceMs: 0 },
        relayFieldMap,
      }),
  };
}

const event = (seq: number, data: unknown = { words: `line ${seq}` }): RawEvent => ({
  seq,
  atMs: seq * 1_000,
  data,
});
const textsOf = ({ model }: ReturnType<typeof setUp>) =>
  model.reads.value.map(({ read }) => read.map((one) => (one.kind === 'line' ? one.text : one.kind)).join());

describe('what is watched', () => {
  test('is the default relay, then the one that is chosen, and nothing once the page is left', () => {
    const { model, said, close, isClosed } = setUp();
    model.chooseRelay('r2');
    expect(said).toEqual([
      { type: 'watch', relayId: 'r1' },
      { type: 'watch', relayId: 'r2' },
    ]);
    close();
    expect(isClosed()).toBe(true);
  });

  test('follows the settings: a first relay, and one that is gone', () => {
    const { held, said } = setUp({});
    held.value = decodeSettings({ relays });
    held.value = decodeSettings({ relays: relays.slice(1) });
    expect(said).toEqual([
      { type: 'watch', relayId: undefined },
      { type: 'watch', relayId: 'r1' },
      { type: 'watch', relayId: 'r2' },
    ]);
  });

  test('another relay’s events and map are let go, and what was being made for it', () => {
    const desk = setUp();
    desk.greet(ofRelay);
    desk.come(event(1));
    desk.model.setPath('text', ['words']);
    desk.model.chooseRelay('r2');
    desk.come(event(2));
    desk.greet(ofRelay);
    expect([textsOf(desk), desk.model.owner.value, desk.model.isChanged.value]).toEqual([[], 'none', false]);
  });
});

describe('the events', () => {
  test('are the last fifty, each once, also where the line was opened again', () => {
    const desk = setUp();
    const all = Array.from({ length: 60 }, (_, at) => event(at + 1));
    desk.come(...all.slice(0, 30));
    desk.come(...all.slice(10));
    expect(desk.model.events.shown.value.map(({ seq }) => seq)).toEqual(all.slice(10).map(({ seq }) => seq));
  });

  test('of a relay that counts anew are others', () => {
    const desk = setUp();
    desk.come(event(1), { ...event(1), atMs: 99_000 });
    expect(desk.model.events.shown.value).toHaveLength(2);
  });

  test('stand still while one is studied, and go on with what came', () => {
    const desk = setUp();
    const { events } = desk.model;
    desk.come(event(1), event(2));
    events.choose(event(1));
    desk.come(event(3), event(4));
    expect([events.shown.value.length, events.waitingCount.value, events.chosen.value?.seq]).toEqual([
      2, 2, 1,
    ]);
    events.goOn();
    expect([events.shown.value.length, events.waitingCount.value, events.chosen.value]).toEqual([
      4,
      0,
      undefined,
    ]);
  });
});

describe('the map', () => {
  test('that holds is this browser’s own, else the relay’s, else none', () => {
    const desk = setUp();
    const { model, held } = desk;
    desk.come(event(1, { theirs: 'by the relay', ours: 'by ourselves' }));
    expect([model.owner.value, textsOf(desk)]).toEqual(['none', ['unread']]);
    desk.greet(ofRelay);
    expect([model.owner.value, textsOf(desk)]).toEqual(['relay', ['by the relay']]);
    held.value = decodeSettings({
      relays: [{ ...relays[0], fieldMap: { paths: { text: ['ours'] } } }],
    });
    expect([model.owner.value, textsOf(desk)]).toEqual(['own', ['by ourselves']]);
  });

  test('being made is read by at once, changes nothing that is held, and is dropped on demand', () => {
    const desk = setUp();
    const { model } = desk;
    desk.come(event(1, { words: 'hello', who: 'agent', state: 'growing' }));
    model.setPath('text', ['words']);
    model.setPath('leg', ['who']);
    model.setPath('final', ['state']);
    model.setLeg('agent', 'callee');
    model.setFinal('growing', false);
    expect(model.reads.value[0]?.read).toMatchObject([{ text: 'hello', leg: 'callee', final: false }]);
    expect([model.isChanged.value, desk.saved]).toEqual([true, []]);
    model.setPath('text', undefined);
    expect(textsOf(desk)).toEqual(['unread']);
    model.undo();
    expect([model.isChanged.value, model.map.value]).toEqual([
      false,
      { paths: {}, legValues: {}, finalValues: {} },
    ]);
  });

  test('that is not saved yet is still there when the inspector is opened again', () => {
    const { model, close } = setUp();
    model.setPath('text', ['words']);
    close();
    model.open();
    expect(model.map.value.paths).toEqual({ text: ['words'] });
    expect(model.isChanged.value).toBe(true);
  });

  test('that is saved goes into its relay, with the relay’s token, and holds before it is read back', async () => {
    const desk = setUp();
    desk.model.setPath('text', ['words']);
    await desk.model.save();
    expect(desk.saved).toEqual([
      [
        expect.objectContaining({
          id: 'r1',
          fieldMap: { paths: { text: ['words'] }, legValues: {}, finalValues: {} },
        }),
        'token of r1',
      ],
    ]);
    const { owner, isChanged, saving } = desk.model;
    expect([owner.value, isChanged.value, saving.value]).toEqual(['own', false, 'saved']);
  });

  test('that was forgotten leaves the relay’s', async () => {
    const desk = setUp({ relays: [{ ...relays[0], fieldMap: { paths: { text: ['ours'] } } }] });
    desk.greet(ofRelay);
    await desk.model.forget();
    expect(desk.saved[0]?.[0]).not.toHaveProperty('fieldMap');
    expect([desk.model.owner.value, desk.model.map.value]).toEqual(['relay', ofRelay]);
  });

  test('that could not be stored says so, and is still there', async () => {
    const desk = setUp();
    desk.fail(true);
    desk.model.setPath('text', ['words']);
    await desk.model.save();
    expect([desk.model.saving.value, desk.model.isChanged.value]).toEqual(['failed', true]);
    desk.fail(false);
    await desk.model.save();
    expect(desk.model.saving.value).toBe('saved');
  });

  test('changed while it is being stored is still to be saved', async () => {
    const desk = setUp();
    desk.model.setPath('text', ['words']);
    const saving = desk.model.save();
    desk.model.setPath('callId', ['id']);
    await saving;
    expect(desk.model.isChanged.value).toBe(true);
    expect(Object.keys(desk.model.map.value.paths)).toEqual(['text', 'callId']);
  });
});
