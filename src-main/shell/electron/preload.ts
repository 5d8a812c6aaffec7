import { ipcRenderer } from "electron";
import { helloChannel, portChannel } from "./port-channels.ts";

// All that the page gets of Electron: it may ask for a port to the station, and the port comes as a message.
window.addEventListener("message", (event) => {
  if (event.source === window && event.origin === window.origin && event.data === helloChannel) ipcRenderer.postMessage(helloChannel, null);
});

ipcRenderer.on(portChannel, (event) => {
  window.postMessage({ type: portChannel }, window.origin, event.ports);
});
