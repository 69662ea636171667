/** Opens the socket whose address is the port's name, and passes on what it says. */
chrome.runtime.onConnect.addListener((port) => {
  const socket = new WebSocket(port.name);
  socket.onmessage = ({ data }) => port.postMessage(data);
});
