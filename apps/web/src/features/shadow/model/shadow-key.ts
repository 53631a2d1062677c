/** Which shadow: without a name, the thing's classic one. */
export interface ShadowKey {
  readonly thingName: string
  readonly shadowName?: string | undefined
}

/** `pump-7`, or `pump-7~config`, as AWS's own messages write it. */
export const formatShadowKey = ({ thingName, shadowName }: ShadowKey): string =>
  shadowName === undefined ? thingName : `${thingName}~${shadowName}`

/** `the classic shadow of pump-7`, `the shadow config of pump-7`: within a sentence, and never taken for the thing. */
export const shadowInWords = ({ thingName, shadowName }: ShadowKey): string =>
  shadowName === undefined ? `the classic shadow of ${thingName}` : `the shadow ${shadowName} of ${thingName}`

/** As pages call it. */
export const shadowTitle = ({ shadowName }: ShadowKey): string => shadowName ?? 'Classic shadow'
