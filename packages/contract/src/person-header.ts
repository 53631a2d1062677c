/**
 * Names the person whose page asks, by their id, percent-encoded. A request whose page is of somebody other than who is
 * signed in is refused with OTHER_PERSON: they signed in in another tab since.
 */
export const PERSON_HEADER = 'x-thingdeck-person'
