/** Opens the socket whose address is the port's name, and passes on what it says. */
const AWAKE_MS = 20_000;
chrome.runtime.onConnect.addListener((port) => {
  const socket = new WebSocket(port.name);
  socket.onmessage = ({ data }) => port.postMessage(data);
  // Others have their turns for longer than a worker lives that nobody speaks to.
  setInterval(() => void chrome.runtime.getPlatformInfo(), AWAKE_MS);
});
