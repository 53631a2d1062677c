/** Which shadow: without a name, the thing's classic one. */
export interface ShadowKey {
  readonly thingName: string
  readonly shadowName?: string | undefined
}

/** `pump-7`, or `pump-7~config`, as AWS's own messages write it. */
export const formatShadowKey = ({ thingName, shadowName }: ShadowKey): string =>
  shadowName === undefined ? thingName : `${thingName}~${shadowName}`

/** As pages call it. */
export const shadowTitle = ({ shadowName }: ShadowKey): string => shadowName ?? 'Classic shadow'
