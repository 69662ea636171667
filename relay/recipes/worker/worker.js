/**
 * Earshot through a Cloudflare Worker alone: every agent's connection becomes one to the platform, with the platform's
 * token added. `wrangler.toml` names the platform's address; the two secrets are put by `wrangler secret put`.
 *
 * @typedef {object} Env
 * @property {string} PLATFORM_URL https:// address of the script's socket.
 * @property {string} PLATFORM_TOKEN secret
 * @property {string} AGENTS JSON: [{ "name": "Alice", "tokenSha256": "<64 hex digits>" }]
 */

const PLAIN = 'earshot.plain';
const BEARER_PREFIX = 'base64url.bearer.earshot.';

export default {
  /** @param {Request} request @param {Env} env */
  async fetch(request, env) {
    if (new URL(request.url).pathname !== '/stream') return new Response(null, { status: 404 });
    const agent = await findAgent(readToken(request.headers.get('sec-websocket-protocol')), env.AGENTS);
    // Before anything is asked of the platform.
    if (agent === undefined) return new Response(null, { status: 401 });
    if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
      return new Response(null, { status: 426 });
    }
    return connect(env, agent);
  },
};

/**
 * Asks the platform with headers of our own alone: nothing the browser sent goes there. Its socket is handed back as
 * it is, so that frames pass without waking this code.
 * @param {Env} env @param {string} agent
 */
async function connect(env, agent) {
  try {
    const answer = await fetch(env.PLATFORM_URL, {
      headers: { Upgrade: 'websocket', Authorization: `Bearer ${env.PLATFORM_TOKEN}` },
      redirect: 'manual',
    });
    const { status, webSocket } = answer;
    console.log(`${agent}: the platform answered ${status}`);
    if (webSocket === null) {
      await answer.body?.cancel();
      return new Response(null, { status: 502 });
    }
    // A browser that offered subprotocols and is answered none ends the connection.
    return new Response(null, { status: 101, webSocket, headers: { 'Sec-WebSocket-Protocol': PLAIN } });
  } catch {
    console.log(`${agent}: the platform could not be reached`);
    return new Response(null, { status: 502 });
  }
}

/**
 * A browser's only way to show a token is an offered subprotocol.
 * @param {string | null} offered @returns {Uint8Array | undefined} the token's bytes
 */
function readToken(offered) {
  const [plain, bearer, ...others] = (offered ?? '').split(',').map((name) => name.trim());
  if (plain !== PLAIN || !bearer?.startsWith(BEARER_PREFIX) || others.length > 0) return undefined;
  const base64 = bearer.slice(BEARER_PREFIX.length).replaceAll('-', '+').replaceAll('_', '/');
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/**
 * Compares the token's SHA-256 with every agent's, each in the same time whatever it holds.
 * @param {Uint8Array | undefined} token @param {string} agents @returns {Promise<string | undefined>} the agent's name
 */
async function findAgent(token, agents) {
  if (token === undefined) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', token));
  let found;
  for (const { name, tokenSha256 } of JSON.parse(agents)) {
    if (crypto.subtle.timingSafeEqual(digest, Uint8Array.fromHex(tokenSha256))) found = name;
  }
  return found;
}
