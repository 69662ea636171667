/**
 * A consumer of our own on a stream, which pushes what it holds and then what comes, each message once and in order. It
 * lives as long as nothing of that is in doubt; then it is broken, and whoever wants more opens another.
 */
import { AckPolicy, type ConsumerConfig } from '@nats-io/jetstream';
import { createInbox, type Msg, nanos } from '@nats-io/transport-node';
import type { Clock } from '../../clock.ts';
import { type DeliveryPlace, readDeliveryPlace } from './delivery-place.ts';
import type { NatsSession } from './nats-connection.ts';

export type DeliveryHooks = {
  onMessage(message: Msg, place: DeliveryPlace): void;
  /** Once, never before `openDelivery` returns; nothing follows. */
  onBroken(): void;
};

export type Delivery = { close(): void };

const HEARTBEAT_MS = 500;
/** Neither a message nor a heartbeat. */
const SILENCE_MS = 2_000;
/** So long the server keeps a consumer nobody listens to. */
const UNHEARD_MS = 5_000;

/** What is wanted of the stream. */
export type Wanted = Pick<ConsumerConfig, 'deliver_policy' | 'filter_subject'> & { opt_start_seq?: number };

export function openDelivery(
  session: NatsSession,
  stream: string,
  wanted: Wanted,
  clock: Clock,
  hooks: DeliveryHooks,
): Delivery {
  const { connection, consumers } = session;
  const inbox = createInbox();
  let delivered = 0;
  let heardAtMs = clock.now();
  let isOver = false;
  let consumer: string | undefined;

  const subscription = connection.subscribe(inbox, {
    callback(error, message) {
      if (isOver) return;
      heardAtMs = clock.now();
      if (error !== null) return endBroken();
      const place = readDeliveryPlace(message.reply);
      if (place === undefined) return hearStatus(message);
      delivered += 1;
      if (place.delivered !== delivered) return endBroken();
      hooks.onMessage(message, place);
    },
  });

  /** Heartbeats say what has been sent; a question of flow control is answered, so that more comes. */
  function hearStatus(message: Msg): void {
    const { headers, reply } = message;
    if (headers?.code !== 100) return endBroken();
    const stalled = reply || headers.get('Nats-Consumer-Stalled');
    if (stalled) connection.publish(stalled);
    const sent = Number(headers.get('Nats-Last-Consumer') || delivered);
    if (sent !== delivered) endBroken();
  }

  function watchSilence(): () => void {
    return clock.after(HEARTBEAT_MS, () => {
      if (clock.now() - heardAtMs > SILENCE_MS) return endBroken();
      cancelWatch = watchSilence();
    });
  }
  let cancelWatch = watchSilence();

  function end(): void {
    isOver = true;
    cancelWatch();
    if (connection.isClosed()) return;
    subscription.unsubscribe();
    if (consumer !== undefined) void consumers.delete(stream, consumer).catch(leaveToServer);
  }

  function endBroken(): void {
    if (isOver) return;
    end();
    hooks.onBroken();
  }

  consumers
    .add(stream, {
      ...wanted,
      deliver_subject: inbox,
      ack_policy: AckPolicy.None,
      flow_control: true,
      idle_heartbeat: nanos(HEARTBEAT_MS),
      inactive_threshold: nanos(UNHEARD_MS),
      num_replicas: 1,
      mem_storage: true,
    })
    .then(({ name }) => {
      consumer = name;
      if (isOver) void consumers.delete(stream, name).catch(leaveToServer);
    }, endBroken);

  return {
    close() {
      if (!isOver) end();
    },
  };
}

/** A consumer nobody listens to goes by itself. */
function leaveToServer(): void {}
