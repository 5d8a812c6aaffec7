import { SerialPort } from "serialport";

// `bare-read.ts PATH TERMINATOR-BYTE`: opens a serial port and does nothing but say when a line of it was complete.
const [, , path = "", terminator = "13"] = process.argv;
const end = Number(terminator);
const port = new SerialPort({ path, baudRate: 9600, autoOpen: false });
port.on("data", (bytes: Buffer) => {
  if (bytes.includes(end)) console.log(performance.timeOrigin + performance.now());
});
port.on("error", (error) => {
  throw error;
});
port.open(() => console.log("open"));
