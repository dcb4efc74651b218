/** The socket.io endpoint for notifications that something in a drive changed. */
export interface ChangeChannel {
  readonly id?: string;
  /** A secret: it gives access to the notifications. */
  readonly notificationUrl: string;
  /** When the URL expires, if the service states it. ISO 8601. */
  readonly expirationDateTime?: string;
}
