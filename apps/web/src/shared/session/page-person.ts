/** Whose page this is, from the sign-in that it began with until it is loaded anew. A worker has its own. */
let personId: string | undefined

/** Said once at the start, by the page and by each of its workers. */
export function setPagePerson(id: string): void {
  personId = id
}

/** The id of the person; undefined before anybody signed in. */
export const pagePerson = (): string | undefined => personId

/**
 * A name of the person's own, for whatever is kept in the browser and is not the next person's to see: a key of local
 * storage, a database, a folder. `personalName('live.draft')` is `of.PERSON.live.draft`.
 */
export const personalName = (name: string): string => `of.${encodeURIComponent(personId ?? '')}.${name}`
