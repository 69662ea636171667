/** The platform's internal bus in miniature: topics, keys, and subscribers of one key or of all (`*`). */

export type Subscriber = (message: unknown) => void;

/**
 * The guide only assigns what `subscribe` returns. That it can be ended, and by these two names, is our guess;
 * both do the same, as often as they are called.
 */
export type Subscription = { unsubscribe(): void; close(): void };

export type Bus = {
  publish(topic: string, key: string, message: unknown): void;
  subscribe(topic: string, key: string, subscriber: Subscriber): Subscription;
  /** How many subscriptions there are at present, of all topics. */
  subscriptions(): number;
};

/**
 * Delivers at once and in order. What a subscriber throws goes to `onError` and keeps no other subscriber from
 * the message.
 */
export function createBus(onError: (error: unknown) => void): Bus {
  const entries = new Set<{ topic: string; key: string; subscriber: Subscriber }>();
  return {
    publish(topic, key, message) {
      for (const entry of entries) {
        if (entry.topic !== topic || (entry.key !== '*' && entry.key !== key)) continue;
        try {
          entry.subscriber(message);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(topic, key, subscriber) {
      const entry = { topic, key, subscriber };
      entries.add(entry);
      const end = () => {
        entries.delete(entry);
      };
      return { unsubscribe: end, close: end };
    },
    subscriptions: () => entries.size,
  };
}
