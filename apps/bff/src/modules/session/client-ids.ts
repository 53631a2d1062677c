/** Client ids of a person's browser tabs begin with this; what their credentials may do admits no other. */
export const clientIdPrefix = (identityId: string): string => `thingdeck-${identityId}-`
