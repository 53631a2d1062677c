/** Whether a thing can have this name: of one that none can have, nobody needs to ask (AWS IoT API reference, CreateThing). */
export const isThingName = (text: string): boolean => /^[\w:-]{1,128}$/.test(text)
