// Loaded before the program of a utility process: gives it `process.parentPort`. The channel keeps the process alive, as Electron does.
Object.assign(process, {
  parentPort: {
    on: (_type: "message", listener: (message: { readonly data: unknown }) => void) => process.on("message", (data) => listener({ data })),
  },
});
