/** Where a client connects with socket.io to be told that something in a drive changed. */
export interface ChangeChannel {
  readonly id?: string;
  /** A secret: whoever has it hears of the changes. */
  readonly notificationUrl: string;
  /** When the URL stops working, where the service says so. ISO 8601. */
  readonly expirationDateTime?: string;
}
