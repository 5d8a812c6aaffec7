/** Head office cannot serve as it was told to; the message says what a person can do about it. */
export class ListenFault extends Error {
  override readonly name = "ListenFault";
  readonly code: "INSECURE_ADDRESS" | "ADDRESS_UNUSABLE" | "CERTIFICATE_UNUSABLE";

  constructor(code: ListenFault["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
