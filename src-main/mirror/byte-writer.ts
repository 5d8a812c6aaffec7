const firstBytes = 64 * 1024;

/** Collects bytes in one buffer that is used again and again, since an operation is written at every act of the counter. */
export function makeByteWriter() {
  let buffer = Buffer.allocUnsafe(firstBytes);
  let length = 0;

  /** Room for so many bytes at the end. @returns where they begin */
  function take(bytes: number): number {
    if (length + bytes > buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, length + bytes));
      buffer.copy(larger, 0, 0, length);
      buffer = larger;
    }
    length += bytes;
    return length - bytes;
  }

  return {
    clear: (): void => {
      length = 0;
    },
    u8: (value: number): void => {
      const at = take(1);
      buffer.writeUInt8(value, at);
    },
    u32: (value: number): void => {
      const at = take(4);
      buffer.writeUInt32BE(value, at);
    },
    bytes: (value: Uint8Array): void => {
      const at = take(value.length);
      buffer.set(value, at);
    },
    /** Leaves room, to be filled when what follows is known. */
    skip: take,
    /** Good until the next call. */
    written: (): Buffer => buffer.subarray(0, length),
  };
}
export type ByteWriter = ReturnType<typeof makeByteWriter>;
