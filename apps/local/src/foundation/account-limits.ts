/**
 * What the account as a whole is held to, beside the broker's limits of each connection. `Infinity` switches one off.
 * @see AWS General Reference, "AWS IoT Core endpoints and quotas", "AWS IoT Core fleet provisioning MQTT operations"
 */
export interface AccountLimits {
  /** Requests over MQTT, of all devices together. */
  createKeysAndCertificatePerSecond: number
  createCertificateFromCsrPerSecond: number
  registerThingPerSecond: number
}

export const AWS_ACCOUNT_LIMITS: Readonly<AccountLimits> = {
  createKeysAndCertificatePerSecond: 10,
  createCertificateFromCsrPerSecond: 20,
  registerThingPerSecond: 10,
}
