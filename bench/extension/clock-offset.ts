/** How far a page's clock is ahead of the sender's. */
import type { Frame, Page } from 'puppeteer-core';
import { socketUrl } from './bare-server.ts';

const ROUND_TRIPS = 60;

/** Microseconds to take off the page's time: as the fastest of many round trips says. */
export function clockOffsetUs(place: Page | Frame, bareUrl: string): Promise<number> {
  return place.evaluate(
    async (address, rounds) => {
      const socket = new WebSocket(address);
      await new Promise((opened) => socket.addEventListener('open', opened, { once: true }));
      const nowUs = () => (performance.timeOrigin + performance.now()) * 1_000;
      let [shortestUs, offsetUs] = [Number.POSITIVE_INFINITY, 0];
      for (let round = 0; round < rounds; round += 1) {
        const askedUs = nowUs();
        const answer = new Promise<MessageEvent<unknown>>((answered) =>
          socket.addEventListener('message', answered, { once: true }),
        );
        socket.send('?');
        const theirs = Number((await answer).data);
        const tripUs = nowUs() - askedUs;
        if (tripUs < shortestUs) [shortestUs, offsetUs] = [tripUs, askedUs + tripUs / 2 - theirs];
      }
      socket.close();
      return offsetUs;
    },
    socketUrl(bareUrl, 'clock'),
    ROUND_TRIPS,
  );
}
