/** One shadow of one thing: `shadowName` is absent for the classic one. */
export interface ShadowAddress {
  readonly thingName: string
  readonly shadowName?: string | undefined
}

/** `$aws/things/pump-7/shadow`, or `…/shadow/name/settings`. AWS IoT developer guide, "Device Shadow MQTT topics". */
export function shadowTopic({ thingName, shadowName }: ShadowAddress): string {
  const classic = `$aws/things/${thingName}/shadow`
  return shadowName === undefined ? classic : `${classic}/name/${shadowName}`
}

/** As people call it. */
export const shadowTitle = ({ shadowName }: ShadowAddress) => shadowName ?? 'Classic shadow'
